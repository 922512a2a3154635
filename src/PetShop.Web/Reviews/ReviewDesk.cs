using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Data.Orders;
using PetShop.Web.Catalog;

namespace PetShop.Web.Reviews;

/// <summary>Who may review, and what readers and staff may do about a review.</summary>
public sealed class ReviewDesk(PetShopDb db, ProductCache cache, TimeProvider clock)
{
    /// <summary>Whether the shopper has bought the product in an order that was not cancelled.</summary>
    public Task<bool> HasBoughtAsync(Guid shopperId, int productId, CancellationToken cancel) =>
        db.Orders.AnyAsync(o => o.ShopperId == shopperId && o.Status != OrderStatus.Cancelled && o.Lines.Any(l => l.ProductId == productId), cancel);

    /// <summary>Writes or changes a buyer's one review; false for somebody who has not bought the product.</summary>
    public async Task<bool> SaveAsync(Guid shopperId, string displayName, int productId, short rating, string title, string text, CancellationToken cancel)
    {
        if (!await HasBoughtAsync(shopperId, productId, cancel))
            return false;
        var now = clock.GetUtcNow();
        // One statement: a form posted twice at once must not meet itself between a look and an insertion.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO reviews (product_id, shopper_id, display_name, rating, title, text, created_at, is_hidden, report_count)
            VALUES ({productId}, {shopperId}, {displayName}, {rating}, {title}, {text}, {now}, false, 0)
            ON CONFLICT (shopper_id, product_id) DO UPDATE
            SET rating = excluded.rating, title = excluded.title, text = excluded.text, display_name = excluded.display_name, edited_at = excluded.created_at
            """, cancel);
        cache.Forget(productId);
        return true;
    }

    /// <summary>A reader asks the staff to look at a review; nothing is hidden by that alone.</summary>
    public async Task<bool> ReportAsync(long reviewId, CancellationToken cancel) =>
        await db.Reviews.Where(r => r.Id == reviewId && !r.IsHidden).ExecuteUpdateAsync(set => set.SetProperty(r => r.ReportCount, r => r.ReportCount + 1), cancel) > 0;

    /// <summary>The staff hides a review or shows it again; either settles the reports.</summary>
    public async Task<bool> DecideAsync(long reviewId, bool hide, CancellationToken cancel)
    {
        if (await db.Reviews.Where(r => r.Id == reviewId).ExecuteUpdateAsync(set => set.SetProperty(r => r.IsHidden, hide).SetProperty(r => r.ReportCount, 0), cancel) == 0)
            return false;
        cache.Forget(await db.Reviews.Where(r => r.Id == reviewId).Select(r => r.ProductId).SingleAsync(cancel));
        return true;
    }

    /// <summary>Reviews that readers have reported, the most reported first, for the staff.</summary>
    public IQueryable<Review> Reported => db.Reviews.Where(r => r.ReportCount > 0).OrderByDescending(r => r.ReportCount).ThenBy(r => r.Id);
}

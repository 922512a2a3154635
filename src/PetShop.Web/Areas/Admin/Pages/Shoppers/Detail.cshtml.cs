using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Data.Segments;
using PetShop.Data.Shoppers;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Areas.Admin.Pages.Shoppers;

/// <summary>One shopper: pets, orders, consents, and why each segment holds them or not. Every look is noted.</summary>
public sealed class DetailModel(PetShopDb db, ProfilePreview preview, SegmentTimeline timeline, AuditLog audit) : PageModel
{
    public sealed record OrderLine(long Id, string Number, DateTimeOffset PlacedAt, OrderStatus Status, long TotalMinor);

    public Shopper Shopper { get; private set; } = null!;
    public ShopperFeatures? Features { get; private set; }
    public ShopperInterests? Interests { get; private set; }
    /// <summary>When forecasts were last made, whether this one changed thereby or not.</summary>
    public DateTimeOffset? ForecastMade { get; private set; }
    public IReadOnlyList<Pet> Pets { get; private set; } = [];
    public IReadOnlyList<OrderLine> Orders { get; private set; } = [];
    public IReadOnlyList<ConsentReceipt> Receipts { get; private set; } = [];
    public IReadOnlyList<(ActiveSegment Segment, bool IsMember, RuleExplanation Why)> Segments { get; private set; } = [];

    public IReadOnlyList<SegmentTimeline.Line> Moves { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Shoppers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } shopper)
            return NotFound();
        await audit.WriteAsync(HttpContext, "shopper viewed", $"shopper {id}", cancel);
        Shopper = shopper;
        Features = await db.ShopperFeatures.AsNoTracking().SingleOrDefaultAsync(f => f.ShopperId == id, cancel);
        Interests = await db.ShopperInterests.AsNoTracking().SingleOrDefaultAsync(i => i.ShopperId == id, cancel);
        ForecastMade = await db.LifetimeFits.Where(f => f.R != null).MaxAsync(f => (DateTimeOffset?)f.FittedAt, cancel);
        Pets = await db.Pets.AsNoTracking().Where(p => p.ShopperId == id).OrderBy(p => p.CreatedAt).ToListAsync(cancel);
        Orders = await db.Orders.AsNoTracking().Where(o => o.ShopperId == id).OrderByDescending(o => o.PlacedAt).Take(20)
            .Select(o => new OrderLine(o.Id, o.Number, o.PlacedAt, o.Status, o.TotalMinor)).ToListAsync(cancel);
        Receipts = await db.ConsentReceipts.AsNoTracking().Where(r => r.ShopperId == id).OrderByDescending(r => r.GivenAt).Take(10).ToListAsync(cancel);
        Moves = await timeline.OfAsync(id, 40, cancel);
        if (await preview.OfShopperAsync(id, "desktop", cancel) is { } profile)
            Segments = ProfilePreview.Explain(profile);
        ViewData[WhyWords.Products] = await WhyWords.ProductsAsync(db, Segments.Select(s => s.Why), cancel);
        return Page();
    }

    /// <summary>Sets somebody apart from letters and personal prices, whatever they agreed to, or ends it: for an address that mail comes back from, or at their word by telephone.</summary>
    /// <param name="apart">Whether to set apart or to end it; a post that does not say is refused, so that it cannot end it by accident.</param>
    public async Task<IActionResult> OnPostApartAsync(Guid id, bool? apart, CancellationToken cancel)
    {
        if (apart is not { } isApart)
            return BadRequest();
        if (!await db.Shoppers.AnyAsync(s => s.Id == id, cancel))
            return NotFound();
        if (await db.Shoppers.Where(s => s.Id == id && s.IsSuppressed != isApart).ExecuteUpdateAsync(set => set.SetProperty(s => s.IsSuppressed, isApart), cancel) > 0)
            await audit.WriteAsync(HttpContext, isApart ? "shopper set apart" : "shopper no longer set apart", $"shopper {id}", cancel);
        TempData["Toast"] = isApart ? "No letter leaves for this person any more, and no personal price is shown." : "Letters and personal prices follow what this person agreed to again.";
        return RedirectToPage(new { id });
    }
}

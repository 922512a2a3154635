using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Catalog;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Catalog;

public sealed class AnnouncementTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task An_edit_that_another_replica_made_shows_in_lists_at_once()
    {
        var cheap = await shop.ProductAsync(priceMinor: 500);
        var other = await shop.ProductAsync(priceMinor: 900);
        var shelves = (await shop.ServerAsync()).Services.GetRequiredService<ShelfKeeper>();
        await shelves.RefreshAsync(default);
        await UntilAsync(shelves, shelf => Before(shelf, cheap.ProductId, other.ProductId));

        await shop.WithDbAsync(db => db.Skus.Where(s => s.Id == cheap.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.PriceMinor, 7_000)));
        await UntilAsync(shelves, shelf => Before(shelf, other.ProductId, cheap.ProductId));

        await shop.WithDbAsync(db => db.Products.Where(p => p.Id == cheap.ProductId).ExecuteUpdateAsync(s => s.SetProperty(p => p.IsActive, false)));
        await UntilAsync(shelves, shelf => !shelf.PositionOf.ContainsKey(cheap.ProductId));
        var added = await shop.ProductAsync();
        await UntilAsync(shelves, shelf => shelf.PositionOf.ContainsKey(added.ProductId));
    }

    private static bool Before(Shelf shelf, int first, int second) =>
        shelf.PositionOf.TryGetValue(first, out var a) && shelf.PositionOf.TryGetValue(second, out var b)
        && Array.IndexOf(shelf.Orders[Order.PriceUp], a) < Array.IndexOf(shelf.Orders[Order.PriceUp], b);

    /// <summary>Well before the shelf would be read again for its age.</summary>
    private static async Task UntilAsync(ShelfKeeper shelves, Func<Shelf, bool> holds)
    {
        for (var i = 0; i < 200; i++, await Task.Delay(50))
            if (holds(shelves.Current))
                return;
        Assert.Fail("The shelf did not hear of the edit within ten seconds.");
    }
}

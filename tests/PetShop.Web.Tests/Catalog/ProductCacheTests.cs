using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Catalog;

public sealed class ProductCacheTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Theory]
    [InlineData("UPDATE skus SET price_minor = 4321 WHERE id = $1", "43.21")]
    [InlineData("UPDATE skus SET stock = 0 WHERE id = $1", "Sold out")]
    [InlineData("UPDATE products SET name = 'Supper for one' WHERE id = (SELECT product_id FROM skus WHERE id = $1)", "Supper for one")]
    [InlineData("UPDATE brands SET name = 'Southpaw' WHERE id = (SELECT p.brand_id FROM products p JOIN skus k ON k.product_id = p.id WHERE k.id = $1)", "Southpaw")]
    public async Task A_change_made_in_the_database_shows_on_card_and_page_without_waiting_for_their_age(string change, string shown)
    {
        var sku = await shop.ProductAsync(stock: 5);
        var (cards, pages) = (await GetAsync<ProductCards>(), await GetAsync<ProductReader>());
        var slug = (await cards.ReadAsync([sku.ProductId], null, default))[0].Slug;
        await pages.FindAsync(slug, null, false, default);
        await ExecuteAsync(change, sku.Id);
        await Eventually.UntilAsync(async () => Text((await cards.ReadAsync([sku.ProductId], null, default))[0]).Contains(shown, StringComparison.Ordinal)
            && Text((await pages.FindAsync(slug, null, false, default))!).Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changed_while_it_was_read_is_not_kept()
    {
        var cache = await GetAsync<ProductCache>();
        await Eventually.UntilAsync(() => Task.FromResult(cache.Hears));
        var card = new ProductCard(1_000_001, "late", "Late", "Northpaw", "/pictures/x", 1, 100);
        var since = cache.Changes;
        cache.Forget(card.Id);
        cache.Keep(card, since);
        Assert.Null(cache.Card(card.Id));
        // Others in the shop may change something in between: then it is not kept either, and tried again.
        await Eventually.UntilAsync(() =>
        {
            cache.Keep(card, cache.Changes);
            return Task.FromResult(cache.Card(card.Id) == card);
        });
    }

    [Fact]
    public void Nothing_kept_is_shown_while_announcements_cannot_be_heard()
    {
        var cache = new ProductCache(Microsoft.Extensions.Options.Options.Create(new CatalogOptions()), TimeProvider.System);
        var card = new ProductCard(1, "one", "One", "Northpaw", "/pictures/x", 1, 100);
        cache.Keep(card, cache.Changes);
        Assert.Null(cache.Card(1));
        cache.Hears = true;
        cache.Keep(card, cache.Changes);
        Assert.Same(card, cache.Card(1));
        cache.Hears = false;
        Assert.Null(cache.Card(1));
        cache.Hears = true;
        Assert.Null(cache.Card(1));
        // For a shop whose database is away it is still at hand, until it is known to have changed.
        Assert.Same(card, cache.LastCard(1));
        cache.Forget(1);
        Assert.Null(cache.LastCard(1));
    }

    [Fact]
    public async Task A_shop_that_is_no_demonstration_does_not_call_itself_one()
    {
        await shop.ProductAsync();
        var server = await shop.ServerAsync();
        await server.Services.GetRequiredService<ShelfKeeper>().RefreshAsync(default);
        using var visitor = server.NewVisitor();
        var footer = (await visitor.GetAsync("/")).QuerySelector("footer")!.TextContent;
        Assert.Contains("Prices include VAT.", footer, StringComparison.Ordinal);
        Assert.DoesNotContain("demonstration", footer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hearts_follow_the_wish_list_of_their_own_shopper()
    {
        var (sku, shopper, other) = (await shop.ProductAsync(), await shop.AccountAsync(), await shop.AccountAsync());
        var wishes = await GetAsync<Wishes>();
        Assert.DoesNotContain(sku.ProductId, (await wishes.OfAsync(shopper.Id, default)).AsEnumerable());
        await ExecuteAsync("INSERT INTO wish_list_items (shopper_id, product_id, added_at) VALUES ($2, (SELECT product_id FROM skus WHERE id = $1), now())", sku.Id, shopper.Id);
        await Eventually.UntilAsync(async () => (await wishes.OfAsync(shopper.Id, default)).Contains(sku.ProductId));
        Assert.DoesNotContain(sku.ProductId, (await wishes.OfAsync(other.Id, default)).AsEnumerable());
        await ExecuteAsync("DELETE FROM wish_list_items WHERE product_id = (SELECT product_id FROM skus WHERE id = $1)", sku.Id);
        await Eventually.UntilAsync(async () => !(await wishes.OfAsync(shopper.Id, default)).Contains(sku.ProductId));
    }

    private static string Text(ProductCard card) => $"{card.Name} {card.Brand} {Money.Plain(card.PriceMinor)} {(card.InStock ? "" : "Sold out")}";

    private static string Text(ProductView view) => $"{view.Name} {view.Brand} {Money.Plain(view.Skus[0].PriceMinor)} {(view.Skus[0].InStock ? "" : "Sold out")}";

    private async Task<T> GetAsync<T>() where T : notnull => (await shop.ServerAsync()).Services.GetRequiredService<T>();

    // Around every helper that tells the cache by hand: the announcement alone must do.
    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = (await GetAsync<NpgsqlDataSource>()).CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}

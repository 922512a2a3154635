using Microsoft.EntityFrameworkCore;
using PetShop.Data.Events;
using PetShop.TestHost;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Tracking;

public sealed class RecordedVisitTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task Everything_a_consenting_shopper_does_is_one_row_with_what_it_was_about()
    {
        var sku = await shop.ProductAsync(priceMinor: 1250);
        var product = await shop.WithDbAsync(db => db.Products.Where(p => p.Id == sku.ProductId).Select(p => new { p.Id, p.Slug, p.Name, p.CategoryId, Category = p.Category!.Slug }).SingleAsync());
        var shopper = await shop.AccountAsync();
        using var visitor = await shop.SignedInAsync(shopper);
        await visitor.AnswerAsync("accept");

        await visitor.GetAsync($"/shop/dog/{product.Category}");
        var words = product.Name.ToLowerInvariant();
        await visitor.GetAsync($"/search?q={Uri.EscapeDataString(words.ToUpperInvariant())}");
        visitor.Client.DefaultRequestHeaders.Referrer = new(visitor.Client.BaseAddress!, $"/search?q={Uri.EscapeDataString(product.Name)}");
        var page = await visitor.GetAsync($"/products/{product.Slug}");
        visitor.Client.DefaultRequestHeaders.Referrer = null;
        await visitor.GetAsync("/search?q=zzxxqqvv");
        await visitor.SubmitAsync(page.QuerySelector(".product__add")!, ("quantity", "3"), ("returnUrl", "/help"));
        await TakeOutAsync(visitor, sku.Id);
        var heart = (await visitor.GetAsync("/help")).QuerySelector("form#wish")!;
        foreach (var _ in "on, and off again".Split(','))
            await visitor.SubmitAsync(heart, ("productId", product.Id.ToString()));

        string[] expected =
        [
            Row(EventType.CategoryViewed, category: product.CategoryId),
            Row(EventType.Searched, query: words, results: 1),
            Row(EventType.SearchClicked, product.Id, query: words),
            Row(EventType.ProductViewed, product.Id, category: product.CategoryId),
            Row(EventType.Searched, query: "zzxxqqvv", results: 0),
            Row(EventType.CartAdded, product.Id, sku: sku.Id, quantity: 3, value: 3750),
            Row(EventType.CartRemoved, product.Id, sku: sku.Id, quantity: 3, value: 3750),
            Row(EventType.WishListed, product.Id),
        ];
        var recorded = new List<ShopEvent>();
        await Eventually.UntilAsync(async () =>
            (recorded = await shop.WithDbAsync(db => db.Events.Where(e => e.ShopperId == shopper.Id && e.Type != EventType.PageViewed).ToListAsync())).Count >= expected.Length);
        Assert.Equal(expected.Order(), recorded.Select(e => Row(e.Type, e.ProductId, e.CategoryId, e.SkuId, e.Quantity, e.ValueMinor, e.Query, e.ResultCount)).Order());
        Assert.All(recorded, e => Assert.True(e.VisitorId == visitor.IdOf() && e.SessionId is not null && e.Device == "desktop", $"{e.Type}: {e.VisitorId}, {e.SessionId}, {e.Device}"));
        Assert.Single(recorded.Select(e => e.SessionId).Distinct());
    }

    private static async Task TakeOutAsync(TestVisitor visitor, int sku) =>
        await visitor.SubmitAsync((await visitor.GetAsync("/cart")).QuerySelector($"form#line-{sku}")!, ("quantity", "0"));

    private static string Row(EventType type, int? product = null, int? category = null, int? sku = null, int? quantity = null, long? value = null, string? query = null, int? results = null) =>
        $"{type} product {product} category {category} sku {sku} quantity {quantity} value {value} query {query} results {results}";
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Catalog;
using PetShop.Data.Events;
using PetShop.TestHost;
using PetShop.Web.Catalog;
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

    [Fact]
    public async Task A_list_counts_once_however_it_is_narrowed_sorted_and_turned_and_a_click_on_any_page_of_results_counts()
    {
        var (department, category, slug) = await LongListAsync();
        var shopper = await shop.AccountAsync();
        using var visitor = await shop.SignedInAsync(shopper);
        await visitor.AnswerAsync("accept");
        foreach (var list in (string[])["/shop/otters", "/shop/otters/otter-food", "/search?q=zanzibar"])
            foreach (var look in (string[])["", "page=2", "sort=price", "only=stock", "only=stock&sort=price&page=2"])
                await visitor.GetAsync(look.Length == 0 ? list : $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{look}");
        visitor.Client.DefaultRequestHeaders.Referrer = new(visitor.Client.BaseAddress!, "/search?q=zanzibar&only=stock&page=2");
        await visitor.GetAsync($"/products/{slug}");
        visitor.Client.DefaultRequestHeaders.Referrer = null;
        // Where a suggested brand leads.
        await visitor.GetAsync("/search?q=Zanzibar&brand=zanzibar");
        await visitor.GetAsync("/search?q=Zanzibar&brand=zanzibar&page=2");

        string[] expected =
        [
            $"{EventType.CategoryViewed} {department}", $"{EventType.CategoryViewed} {category}", $"{EventType.Searched} zanzibar", $"{EventType.SearchClicked} zanzibar",
            $"{EventType.ProductViewed} {category}", $"{EventType.Searched} zanzibar",
        ];
        var recorded = new List<ShopEvent>();
        await Eventually.UntilAsync(async () =>
            (recorded = await shop.WithDbAsync(db => db.Events.Where(e => e.ShopperId == shopper.Id && e.Type != EventType.PageViewed).ToListAsync())).Count >= expected.Length);
        Assert.Equal(expected.Order(), recorded.Select(e => $"{e.Type} {e.Query ?? e.CategoryId.ToString()}").Order());
    }

    [Fact]
    public async Task Another_number_in_the_cart_counts_as_what_it_adds_or_takes_out()
    {
        var sku = await shop.ProductAsync(priceMinor: 1000);
        var shopper = await shop.AccountAsync();
        using var visitor = await shop.SignedInAsync(shopper);
        await visitor.AnswerAsync("accept");
        await BuyingShop.AddAsync(visitor, sku.Id, 3);
        foreach (var quantity in (int[])[1, 3, 3, 200])
            await TakeOutAsync(visitor, sku.Id, left: quantity);

        string[] expected =
        [
            Row(EventType.CartAdded, sku.ProductId, sku: sku.Id, quantity: 3, value: 3_000), Row(EventType.CartRemoved, sku.ProductId, sku: sku.Id, quantity: 2, value: 2_000),
            Row(EventType.CartAdded, sku.ProductId, sku: sku.Id, quantity: 2, value: 2_000), Row(EventType.CartAdded, sku.ProductId, sku: sku.Id, quantity: 96, value: 96_000),
        ];
        var recorded = new List<ShopEvent>();
        await Eventually.UntilAsync(async () =>
            (recorded = await shop.WithDbAsync(db => db.Events.Where(e => e.ShopperId == shopper.Id && e.Type != EventType.PageViewed).ToListAsync())).Count >= expected.Length);
        Assert.Equal(expected, recorded.OrderBy(e => e.Id).Select(e => Row(e.Type, e.ProductId, e.CategoryId, e.SkuId, e.Quantity, e.ValueMinor, e.Query, e.ResultCount)));
    }

    /// <summary>Two pages of products in a department and a category of their own, findable by one word.</summary>
    private async Task<(int Department, int Category, string Product)> LongListAsync()
    {
        var made = await shop.WithDbAsync(async db =>
        {
            var department = new Category { Slug = "otters", Name = "Otters", Department = "otters", Path = ["otters"] };
            db.Categories.Add(department);
            await db.SaveChangesAsync();
            var category = new Category { Slug = "otter-food", Name = "Otter food", Department = "otters", Path = ["otters", "otter-food"], ParentId = department.Id };
            var brand = new Brand { Slug = "zanzibar", Name = "Zanzibar" };
            for (var i = 0; i <= Listing.PageSize + 1; i++)
            {
                var product = new Product { Slug = $"zanzibar-{i}", Name = $"Zanzibar {i}", Brand = brand, Category = category, Department = "otters" };
                product.Skus.Add(new() { Code = $"Z-{i}", Label = "2 kg", PriceMinor = 1000 + i, Stock = i == 0 ? 0 : 9 });
                db.Products.Add(product);
            }
            await db.SaveChangesAsync();
            return (department.Id, category.Id, "zanzibar-3");
        });
        await (await shop.ServerAsync()).Services.GetRequiredService<ShelfKeeper>().RefreshIfReadAsync(CancellationToken.None);
        return made;
    }

    private static async Task TakeOutAsync(TestVisitor visitor, int sku, int left = 0) =>
        await visitor.SubmitAsync((await visitor.GetAsync("/cart")).QuerySelector($"form#line-{sku}")!, ("quantity", left.ToString()));

    private static string Row(EventType type, int? product = null, int? category = null, int? sku = null, int? quantity = null, long? value = null, string? query = null, int? results = null) =>
        $"{type} product {product} category {category} sku {sku} quantity {quantity} value {value} query {query} results {results}";
}

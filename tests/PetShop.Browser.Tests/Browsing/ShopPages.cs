using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.TestHost;
using PetShop.Web.Accounts;

namespace PetShop.Browser.Tests.Browsing;

/// <summary>A page as a reader meets it.</summary>
/// <param name="As">Mail address of who looks; null for a stranger.</param>
/// <param name="Follow">A link on the page at <paramref name="Path"/> that leads to the page meant.</param>
/// <param name="WithCart">The page needs something in the cart.</param>
/// <param name="Status">What it answers with; a page of a failure is not a fault.</param>
public sealed record ShopPage(string Name, string Path, string? As = null, string? Follow = null, bool WithCart = false, int Status = 200)
{
    /// <summary>Finds the address in a shop that has made it up itself; <see cref="Path"/> when null.</summary>
    public Func<ShopServer, Task<string>>? Find { get; init; }

    /// <summary>Opens the page, with what it needs, and leaves the question about remembering answered.</summary>
    public async Task OpenAsync(Visit visit)
    {
        if (WithCart)
            await visit.PutIntoCartAsync(ShopPages.DogFood);
        await visit.OpenAsync(Find is null ? Path : await Find(visit.Shop));
        if (Follow is null)
            return;
        var address = await visit[Follow].First.GetAttributeAsync("href");
        await visit.OpenAsync(address!);
    }

    /// <summary>Takes back what the window complains of because the page is meant to answer as it does.</summary>
    public void Forgive(Visit visit) => visit.Forgive(c => Status >= 400 && c.Contains($"{Status}", StringComparison.Ordinal));

    public override string ToString() => Name;
}

/// <summary>The main pages of the shop, each once for every check of quality.</summary>
public static class ShopPages
{
    public const string DogFood = "/products/day-boat-salmon-potato";
    public const string CatLitter = "/products/fine-clay-clumping";
    public const string Maya = "maya@example.com";
    public const string Merchandiser = "merchandiser@petshop.example";
    public const string Administrator = "admin@petshop.example";

    public static readonly IReadOnlyList<ShopPage> All =
    [
        new("home", "/"),
        new("home-maya", "/", Maya),
        new("department", "/shop/dog"),
        new("category", "/shop/dog/dog-dry-food"),
        new("category-narrowed", "/shop/cat/cat-wet-food?age=senior&sort=price"),
        new("category-empty", "/shop/dog/dog-beds?brand=vetiva"),
        new("product", DogFood),
        new("product-gear", "/shop/dog/dog-beds", Follow: ".product-card h3 a"),
        new("search", "/search?q=salmn"),
        new("search-empty", "/search?q=zzzxxqqv"),
        new("cart", "/cart", WithCart: true),
        new("cart-empty", "/cart"),
        new("checkout", "/checkout", WithCart: true),
        new("thanks", "", Maya) { Find = Sql("SELECT '/checkout/thanks/' || checkout_key FROM orders WHERE shopper_id = (SELECT id FROM shoppers WHERE email = 'maya@example.com') ORDER BY placed_at DESC LIMIT 1") },
        new("not-found", "/nowhere", Status: 404),
        new("error", "/error"),
        new("help", "/help"),
        new("privacy", "/privacy"),
        new("privacy-maya", "/privacy", Maya),
        new("privacy-facts", "/privacy/facts"),
        new("prices-why", "/prices/why", Maya),
        new("api-docs", "/api/docs"),
        new("sign-in", "/account/sign-in"),
        new("register", "/account/register"),
        new("forgot-password", "/account/forgot-password"),
        new("reset-password", "/account/reset-password?id=00000000-0000-0000-0000-000000000001&token=x"),
        new("welcome", "") { Find = shop => Task.FromResult(shop.Services.GetRequiredService<AccountLinks>().Registration("somebody@example.com", null)) },
        new("account", "/account", Maya),
        new("orders", "/account/orders", Maya),
        new("order", "/account/orders", Maya, ".order-row a"),
        new("wish-list", "/account/wish-list", Maya),
        new("addresses", "/account/addresses", Maya),
        new("details", "/account/details", Maya),
        new("pets", "/account/pets", Maya),
        new("pets-kinds", "/account/pets/new", Maya),
        new("pets-quiz", "/account/pets/new?species=dog", Maya),
        new("goodbye", "", Maya) { Find = Sql("SELECT '/account/pets/' || id || '/goodbye' FROM pets WHERE shopper_id = (SELECT id FROM shoppers WHERE email = 'maya@example.com') ORDER BY created_at LIMIT 1") },
        new("review", "", Maya)
        {
            Find = Sql("SELECT '/account/reviews/' || p.slug FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id WHERE o.status = 4 AND o.shopper_id = (SELECT id FROM shoppers WHERE email = 'maya@example.com') ORDER BY o.placed_at LIMIT 1"),
        },
        new("taste", "/taste", Maya),
        new("why", DogFood, Maya, "a[href^='/why/']"),
        new("admin-today", "/admin", Merchandiser),
        new("admin-products", "/admin/products", Merchandiser),
        new("admin-product", "/admin/products", Merchandiser, "tbody th a, tbody td a"),
        new("admin-orders", "/admin/orders", Merchandiser),
        new("admin-order", "/admin/orders", Merchandiser, "tbody th a, tbody td a"),
        new("admin-merchandising", "/admin/merchandising", Merchandiser),
        new("admin-merchandising-new", "/admin/merchandising/new", Merchandiser),
        new("admin-shoppers", "/admin/shoppers", Merchandiser),
        new("admin-shopper", "/admin/shoppers?q=maya", Merchandiser, "tbody th a, tbody td a"),
        new("admin-jobs", "/admin/jobs", Merchandiser),
        new("admin-reviews", "/admin/reviews", Merchandiser),
        new("admin-segments", "/admin/segments", Merchandiser),
        new("admin-segment", "/admin/segments", Merchandiser, "tbody th a"),
        new("admin-segment-new", "/admin/segments/new", Merchandiser),
        new("admin-segment-why", "/admin/segments/4/why?q=maya", Merchandiser),
        new("admin-segment-playbook", "/admin/segments/2/playbook", Merchandiser),
        new("admin-segment-versions", "/admin/segments/2/versions", Merchandiser),
        new("admin-segment-lists", "/admin/segments/lists", Merchandiser),
        new("admin-segment-groups", "/admin/segments/groups", Merchandiser),
        new("admin-segment-import", "/admin/segments/import", Merchandiser),
        new("admin-banners", "/admin/banners", Merchandiser),
        new("admin-banner", "/admin/banners", Merchandiser, "tbody th a"),
        new("admin-banner-test", "/admin/banners/1/test", Merchandiser),
        new("admin-campaigns", "/admin/campaigns", Merchandiser),
        new("admin-campaign", "/admin/campaigns", Merchandiser, "tbody th a"),
        new("admin-campaign-send", "/admin/campaigns/1/send", Merchandiser),
        new("admin-collisions", "/admin/banners/collisions", Merchandiser),
        new("admin-offers", "/admin/offers", Merchandiser),
        new("admin-offer", "/admin/offers", Merchandiser, "tbody th a"),
        new("admin-offer-results", "/admin/offers/1/results", Merchandiser),
        new("admin-preview", "/admin/preview?shopper=maya@example.com", Merchandiser),
        new("admin-models", "/admin/models", Merchandiser),
        new("admin-models-compare", "/admin/models/compare", Merchandiser),
        new("admin-models-before-after", "/admin/models/before-after", Merchandiser),
        new("admin-models-search", "/admin/models/search", Merchandiser),
        new("admin-mails", "/admin/mails", Merchandiser),
        new("admin-api", "/admin/api", Administrator),
        new("admin-webhook", "/admin/api/webhooks/new", Administrator),
    ];

    private static Func<ShopServer, Task<string>> Sql(string address) => async shop =>
    {
        await using var command = shop.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(address);
        return (string)(await command.ExecuteScalarAsync())!;
    };

    public static TheoryData<string> Names => [.. All.Select(p => p.Name)];

    public static ShopPage Named(string name) => All.Single(p => p.Name == name);
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Demo.Simulation;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

public sealed class RailTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    [Fact]
    public async Task A_click_changes_the_list_of_the_next_page()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await shop.ConsentingVisitorAsync();
        var newcomer = await visitor.GetAsync("/");
        Assert.Equal("popular", newcomer.Rail("home-for-you")!.GetAttribute("data-strategy"));
        var liked = (await shop.IdsAsync("SELECT p.id FROM products p JOIN product_stats s ON s.product_id = p.id WHERE p.department = 'cat' AND p.in_stock AND NOT p.is_medicine ORDER BY s.buyers_365d DESC LIMIT 2"))[0];
        await visitor.ViewAsync(liked);
        var next = await visitor.GetAsync("/");
        var rail = next.Rail("home-for-you")!;
        Assert.NotEqual("popular", rail.GetAttribute("data-strategy"));
        Assert.NotEqual(newcomer.Rail("home-for-you")!.Products(), rail.Products());
        Assert.Contains("Because you looked at", rail.TextContent, StringComparison.Ordinal);
        Assert.True(Guid.TryParse(rail.GetAttribute("data-rec"), out var recommendation) && recommendation.Version == 7);
    }

    [Fact]
    public async Task A_refuser_gets_the_same_lists_as_everybody_and_nothing_personal()
    {
        var shop = await fixture.ServerAsync();
        using var first = shop.NewVisitor();
        await first.AnswerAsync("refuse");
        await first.ViewAsync((await shop.IdsAsync("SELECT min(id) FROM products WHERE in_stock"))[0]);
        using var second = shop.NewVisitor();
        var page = await first.GetAsync("/");
        Assert.Equal((await second.GetAsync("/")).AllRailProducts(), page.AllRailProducts());
        Assert.NotEmpty(page.AllRailProducts());
        Assert.Null(page.Rail("home-pet"));
        // Every card says why it is there, to everybody.
        Assert.Equal(page.AllRailProducts().Length, page.QuerySelectorAll("[data-track=rail] .card-why").Length);
        Assert.Empty(page.QuerySelectorAll("[form=correct]"));
    }

    /// <summary>Pages of Maya's with the rails that they must have; where its statement finds products, those that the page is about.</summary>
    public static readonly TheoryData<string, string, string?> PagesOfMaya = new()
    {
        { "SELECT '/'", "home-pet home-for-you home-trending", null },
        { $"SELECT '/products/' || slug {BestSold}", "product-similar product-because", $"SELECT id {BestSold}" },
        { "SELECT '/cart'", "cart-together", $"SELECT s.product_id FROM cart_lines l JOIN carts c ON c.id = l.cart_id JOIN skus s ON s.id = l.sku_id WHERE c.shopper_id = {Maya}" },
        { $"SELECT '/account/orders/' || number {HerNewestOrder}", "order-next", $"SELECT l.product_id FROM order_lines l WHERE l.order_id = (SELECT id {HerNewestOrder})" },
        { $"SELECT '/checkout/thanks/' || checkout_key {HerNewestOrder}", "order-next", $"SELECT l.product_id FROM order_lines l WHERE l.order_id = (SELECT id {HerNewestOrder})" },
        { "SELECT '/account'", "account-buy-again account-for-you", null },
        { "SELECT '/shop/dog'", "department-trending", null },
        { $"SELECT '/shop/dog/' || slug {LongestOfDogs}", "category-for-you", null },
        { $"SELECT '/shop/dog/' || slug || '?sort=price' {LongestOfDogs}", "category-for-you", null },
    };

    private const string Maya = "(SELECT id FROM shoppers WHERE email = 'maya@example.com')";
    private const string BestSold = "FROM products p JOIN product_stats s ON s.product_id = p.id WHERE in_stock ORDER BY s.buyers_365d DESC, p.id LIMIT 1";
    private const string LongestOfDogs = "FROM categories c WHERE department = 'dog' AND cardinality(path) > 1 ORDER BY (SELECT count(*) FROM products p JOIN categories l ON l.id = p.category_id WHERE c.slug = ANY(l.path)) DESC, id LIMIT 1";
    private const string HerNewestOrder = $"FROM orders WHERE shopper_id = {Maya} ORDER BY placed_at DESC LIMIT 1";

    [Theory, MemberData(nameof(PagesOfMaya))]
    public async Task A_page_has_its_rails_and_shows_no_product_twice_nor_what_it_is_about(string path, string placements, string? about)
    {
        var shop = await fixture.ServerAsync();
        var page = await (await fixture.MayaAsync()).GetAsync(await shop.ScalarAsync<string>(path));
        var missing = placements.Split(' ').Where(p => page.Rail(p) is null).ToList();
        Assert.True(missing.Count == 0, $"{page.BaseUri} lacks {string.Join(", ", missing)}; it has {string.Join(", ", page.QuerySelectorAll("[data-track=rail]").Select(r => r.GetAttribute("data-placement")))}");
        int[] shown = [.. page.AllRailProducts(), .. page.QuerySelectorAll("#listing .product-grid").SelectMany(RailSteps.Products)];
        Assert.Equal(shown.Length, shown.Distinct().Count());
        if (about is null)
            return;
        var own = await shop.IdsAsync(about);
        Assert.NotEmpty(own);
        Assert.Empty(own.Intersect(shown));
    }

    [Fact]
    public async Task A_pets_rail_holds_only_what_is_in_stock_and_safe_for_it()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await RegularAsync(shop);
        await AddPetAsync(shop, visitor, "Luna", "cat", ["chicken"]);
        var rail = (await visitor.GetAsync("/")).Rail("home-pet")!;
        Assert.Equal("For Luna", rail.QuerySelector("h2")!.TextContent);
        Assert.Contains("without chicken", rail.QuerySelector(".rail__why")!.TextContent, StringComparison.Ordinal);
        var unsafeOnes = await shop.IdsAsync(
            """
            SELECT id FROM products WHERE id = ANY($1) AND (NOT in_stock OR NOT is_active OR is_medicine OR NOT 'cat' = ANY(species)
              OR EXISTS (SELECT FROM unnest(allergens || ingredients) i WHERE i ILIKE '%chicken%'))
            """, rail.Products());
        Assert.Empty(unsafeOnes);
        Assert.True(rail.Products().Length >= 4);
    }

    [Fact]
    public async Task Every_pet_of_a_large_household_has_its_days_by_the_clock_of_the_shop()
    {
        var shop = await fixture.ServerAsync();
        await shop.ExecuteAsync("INSERT INTO pets (id, shopper_id, name, species, allergies, created_at, quiz_values) VALUES ($1, $2, 'Third', 'dog', '{}', now(), '{}')", Guid.CreateVersion7(), DemoPersons.Tom.ShopperId);
        shop.Services.GetRequiredService<HouseholdPets>().Forget(DemoPersons.Tom.ShopperId);
        string[] names = ["For Miso", "For Pickle", "For Third"];
        // 23:30 in Berlin, where the shop is.
        var clock = new ManualClock(new(2027, 1, 10, 22, 30, 0, TimeSpan.Zero));
        List<string> first = [];
        for (var day = 0; day < 3; day++, clock.Advance(TimeSpan.FromDays(1)))
        {
            var today = await PetRailsAsync(shop, clock);
            first.Add(today[0]);
            Assert.Equal([today[0], names[(Array.IndexOf(names, today[0]) + 1) % 3]], today);
        }
        Assert.Equal(names, first.Order());

        var before = (await PetRailsAsync(shop, clock))[0];
        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(before, (await PetRailsAsync(shop, clock))[0]);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(before, (await PetRailsAsync(shop, clock))[0]);
    }

    private static async Task<string[]> PetRailsAsync(ShopServer shop, TimeProvider clock)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var batch = ActivatorUtilities.CreateInstance<RailBatch>(scope.ServiceProvider, clock);
        batch.As = await scope.ServiceProvider.GetRequiredService<ProfilePreview>().VisitorAsync(DemoPersons.Tom.ShopperId, "desktop", CancellationToken.None);
        return [.. (await batch.GetAsync(new(Placements.HomePet), CancellationToken.None)).Select(r => r.Title)];
    }

    [Fact]
    public async Task What_sold_out_a_moment_ago_is_not_shown_although_the_catalogue_in_memory_still_has_it()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = shop.NewVisitor();
        var before = (await visitor.GetAsync("/")).Rail("home-for-you")!.Products();
        await shop.ExecuteAsync("UPDATE skus SET stock = 0 WHERE product_id = $1", before[0]);
        try
        {
            Assert.DoesNotContain(before[0], (await visitor.GetAsync("/")).AllRailProducts());
        }
        finally
        {
            await shop.ExecuteAsync("UPDATE skus SET stock = 20 WHERE product_id = $1", before[0]);
        }
    }

    [Fact]
    public async Task When_a_pet_has_died_nothing_speaks_of_it_on_the_next_page()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await RegularAsync(shop);
        await AddPetAsync(shop, visitor, "Rex", "dog", []);
        Assert.NotNull((await visitor.GetAsync("/")).Rail("home-pet"));
        await shop.ExecuteAsync("UPDATE pets SET died_on = CURRENT_DATE WHERE visitor_id = $1", visitor.IdOf()!.Value);
        await Task.Delay(300);
        var page = await visitor.GetAsync("/");
        Assert.DoesNotContain("Rex", page.Body!.TextContent, StringComparison.Ordinal);
        var personal = page.QuerySelectorAll("[data-track=rail][data-placement=home-for-you]").SelectMany(r => r.Products()).ToArray();
        Assert.Empty(await shop.IdsAsync("SELECT id FROM products WHERE id = ANY($1) AND species = '{dog}'", personal));
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/", true)]
    [InlineData("product", true)]
    public async Task A_warm_page_takes_at_most_three_round_trips(string path, bool known)
    {
        var shop = await fixture.ServerAsync();
        using var visitor = known ? await RegularAsync(shop) : shop.NewVisitor();
        using var counter = new SqlCounter();
        var address = path == "/" ? path : await ProductPathAsync(shop);
        await counter.GetAsync(visitor, address);
        await counter.GetAsync(visitor, address);
        var statements = await counter.GetAsync(visitor, address);
        Assert.True(statements.Count <= 3, $"{statements.Count}:\n{string.Join("\n--\n", statements)}");
        shop.Services.GetRequiredService<ProductCache>().Clear();
        statements = await counter.GetAsync(visitor, address);
        Assert.Single(statements, s => s.Contains("p.id = ANY($1)", StringComparison.Ordinal));
    }

    private static async Task<TestVisitor> RegularAsync(ShopServer shop)
    {
        var visitor = await shop.ConsentingVisitorAsync();
        foreach (var product in await shop.IdsAsync("SELECT p.id FROM products p JOIN product_stats s ON s.product_id = p.id WHERE p.in_stock AND NOT p.is_medicine ORDER BY s.buyers_365d DESC LIMIT 3"))
            await visitor.ViewAsync(product);
        return visitor;
    }

    private static async Task<string> ProductPathAsync(ShopServer shop) =>
        "/products/" + await shop.ScalarAsync<string>("SELECT p.slug FROM products p JOIN product_stats s ON s.product_id = p.id ORDER BY s.buyers_365d DESC LIMIT 1");

    private static async Task AddPetAsync(ShopServer shop, TestVisitor visitor, string name, string species, string[] allergies)
    {
        await shop.ExecuteAsync("INSERT INTO pets (id, visitor_id, name, species, allergies, created_at, quiz_values) VALUES ($1, $2, $3, $4, $5, now(), '{}')",
            Guid.CreateVersion7(), visitor.IdOf()!.Value, name, species, allergies);
        await Task.Delay(300);
    }
}

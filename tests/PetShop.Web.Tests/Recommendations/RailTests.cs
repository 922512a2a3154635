using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Catalog;
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

    [Fact]
    public async Task No_product_stands_on_a_page_twice()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await RegularAsync(shop);
        foreach (var path in new[] { "/", await ProductPathAsync(shop) })
        {
            var shown = (await visitor.GetAsync(path)).AllRailProducts();
            Assert.NotEmpty(shown);
            Assert.Equal(shown.Length, shown.Distinct().Count());
        }
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

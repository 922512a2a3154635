using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>Whole pages, for households made by chance, before and after the state of the shop changes.</summary>
public sealed class SafePagesTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    // What no rail may show to the household of a visitor; those beside a product may show what is for no animal of theirs at all.
    private const string Unsafe =
        """
        SELECT p.id FROM products p WHERE p.id = ANY($1) AND (NOT p.in_stock OR NOT p.is_active OR p.is_medicine OR NOT EXISTS (
            SELECT FROM pets t WHERE t.visitor_id = $2 AND t.died_on IS NULL AND (cardinality(p.species) = 0 OR t.species = ANY(p.species))
              AND NOT EXISTS (SELECT FROM unnest(t.allergies) a, unnest(p.allergens || p.ingredients) i WHERE i ILIKE '%' || a || '%')))
        """;

    [Fact]
    public async Task No_page_shows_a_household_what_it_may_not_be_shown()
    {
        var shop = await fixture.ServerAsync();
        var random = new Random(7);
        string[] species = ["dog", "cat", "rabbit"], substances = ["chicken", "beef", "salmon", "wheat"];
        await shop.ExecuteAsync(
            """
            INSERT INTO merchandising_rules (name, kind, is_active, priority, product_ids, position, strength, updated_at)
            SELECT 'Everything first', 1, true, 0, array_agg(id ORDER BY random()), 1, 0, now() FROM products
            """);
        await RereadAsync(shop);
        for (var household = 0; household < 6; household++)
        {
            using var visitor = await shop.ConsentingVisitorAsync();
            var id = visitor.IdOf()!.Value;
            foreach (var product in await shop.IdsAsync("SELECT id FROM products WHERE in_stock ORDER BY md5(id::text || $1) LIMIT 4", $"{household}"))
                await visitor.ViewAsync(product);
            for (var pets = random.Next(1, 4); pets > 0; pets--)
                await shop.ExecuteAsync("INSERT INTO pets (id, visitor_id, name, species, allergies, created_at, quiz_values) VALUES ($1, $2, 'Moss', $3, $4, now(), '{}')",
                    Guid.CreateVersion7(), id, species[random.Next(3)], substances.Where(_ => random.Next(3) == 0).ToArray());
            shop.Forget(id);
            foreach (var path in new[] { "/", "/shop/dog", "/shop/cat", "/search?q=zzzzzz" })
                Assert.Empty(await shop.IdsAsync(Unsafe, ProductsOf(await visitor.GetAsync(path)), id));
            // Sold out between two pages: the lists kept in memory do not know, the cards do.
            var shown = ProductsOf(await visitor.GetAsync("/"));
            await shop.ExecuteAsync("UPDATE skus SET stock = 0 WHERE product_id = $1", shown[0]);
            Assert.DoesNotContain(shown[0], ProductsOf(await visitor.GetAsync("/")));
            await shop.ExecuteAsync("UPDATE skus SET stock = 20 WHERE product_id = $1", shown[0]);
        }
        await shop.ExecuteAsync("DELETE FROM merchandising_rules");
        await RereadAsync(shop);
    }

    private static Task RereadAsync(ShopServer shop) => shop.Services.GetRequiredService<ServingRefresher>().ReadAllAsync(CancellationToken.None);

    // "You looked at these" may show what was looked at for somebody else's pet.
    private static int[] ProductsOf(AngleSharp.Html.Dom.IHtmlDocument page) =>
        [.. page.QuerySelectorAll("[data-track=rail]:not([data-placement=home-recent]) [data-product]").Select(p => int.Parse(p.GetAttribute("data-product")!))];
}

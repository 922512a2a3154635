using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Models;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

public sealed class NewcomerTests(NewcomerShop fixture) : IClassFixture<NewcomerShop>
{
    [Fact]
    public async Task A_product_nobody_touched_stands_among_the_similar_ones_of_its_kind_and_has_some_itself()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = shop.NewVisitor();
        var sibling = await visitor.GetAsync("/products/" + await shop.ScalarAsync<string>("SELECT slug FROM products WHERE id = $1", fixture.Sibling));
        Assert.Contains(fixture.Newcomer, sibling.Rail("product-similar")!.Products());
        var own = await visitor.GetAsync("/products/a-newcomer");
        Assert.Contains(fixture.Sibling, own.Rail("product-similar")!.Products());
    }

    [Fact]
    public async Task It_has_a_place_in_the_factors_near_its_kind_and_the_model_counts_it()
    {
        var shop = await fixture.ServerAsync();
        var state = shop.Services.GetRequiredService<ModelHolder>().Current;
        Assert.Equal(0, await shop.ScalarAsync<long>("SELECT count(*) FROM order_lines WHERE product_id = $1", fixture.Newcomer));
        if (state.Model!.Model is FactorModel factors)
        {
            Assert.True(factors.Similarity(factors.Items.ColumnOf(fixture.Newcomer), factors.Items.ColumnOf(fixture.Sibling)) > .3f);
            var parameters = JsonSerializer.Deserialize<Dictionary<string, string>>(await shop.ScalarAsync<string>("SELECT parameters::text FROM recommender_models WHERE status = 2"))!;
            Assert.True(int.Parse(parameters[Web.Recommendations.Training.ColdProducts.Count], CultureInfo.InvariantCulture) >= 1);
        }
        Assert.NotEmpty(state.Neighbours.Of(fixture.Newcomer, NeighbourKind.Similar).Ids);
    }

    [Fact]
    public async Task A_product_that_came_after_the_last_training_has_similar_ones_at_once()
    {
        var shop = await fixture.ServerAsync();
        var late = await fixture.AddAsync(shop, "a-latecomer");
        await shop.Services.GetRequiredService<ServingRefresher>().ReadCatalogueAsync(CancellationToken.None);
        using var visitor = shop.NewVisitor();
        var similar = (await visitor.GetAsync("/products/a-latecomer")).Rail("product-similar")!.Products();
        Assert.DoesNotContain(late, similar);
        Assert.Empty(await shop.IdsAsync("SELECT id FROM products WHERE id = ANY($1) AND category_id <> (SELECT category_id FROM products WHERE id = $2)", similar, late));
    }

    [Fact]
    public async Task It_replaces_its_kind_and_so_is_never_said_to_be_bought_with_it()
    {
        var shop = await fixture.ServerAsync();
        var state = shop.Services.GetRequiredService<ModelHolder>().Current;
        Assert.DoesNotContain(fixture.Newcomer, state.Neighbours.Of(fixture.Sibling, NeighbourKind.BoughtTogether).Ids);
    }
}

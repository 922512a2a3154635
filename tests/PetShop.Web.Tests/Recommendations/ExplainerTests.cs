using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Tests.Recommendations;

public sealed class ExplainerTests
{
    private const int Products = 40, Rank = 4;

    [Fact]
    public void What_deeds_and_popularity_add_sums_to_the_score_of_a_blend()
    {
        var random = new Random(5);
        var items = new ItemIndex([.. Enumerable.Range(1, Products)]);
        var blend = new BlendModel(
        [
            new("als", new FactorModel(items, Rank, [.. Enumerable.Range(0, Products * Rank).Select(_ => random.NextSingle() - 0.5f)], new FoldInOptions(0.3, 0.03)), 0.5f),
            new("item-item", new NeighbourModel(items, [.. Enumerable.Range(0, Products + 1)], [.. Enumerable.Range(0, Products).Select(i => new Ranked((i + 1) % Products, random.NextSingle()))]), 0.2f),
            new("popularity", new PopularityModel(items, [.. Enumerable.Range(0, Products).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, Products).Select(i => i % 3)]), 0.3f),
        ]);
        var state = new RandomShop(seed: 5, products: Products, rules: false).State.Under(new ServedModel(1, "blend", blend));
        Interaction[] history = [new(2, 1, 1), new(7, 1, 3), new(30, 1, 2)];
        var scores = new float[Products];
        blend.Score(history, scores);
        var explainer = new Explainer(state, history);
        for (var item = 0; item < Products; item++)
        {
            var column = state.CatalogueColumn(item);
            Assert.True(explainer.CommonPartOf(column) > 0);
            Assert.Equal(scores[item], explainer.PartsOf(column).Sum() + explainer.CommonPartOf(column), 1e-3f);
        }
    }
}

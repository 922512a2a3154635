using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class LeaveOneOutTests
{
    private const int Items = 400, Rank = 16;

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(40)]
    public void Leaving_one_out_is_folding_the_others_in(int n)
    {
        var (model, history) = Case(n, exponent: 0);
        var without = model.Without(history);
        foreach (var j in (int[])[0, n / 2, n - 1])
        {
            var (truth, quick) = (Refold(model, history, j), new float[Rank]);
            without.Vector(j, quick);
            for (var item = 0; item < Items; item += 7)
            {
                Assert.Equal(model.ScoreOf(truth, item), model.ScoreOf(quick, item), 4);
                Assert.Equal(model.ScoreOf(truth, item), without.Score(item, j), 4);
            }
        }
    }

    [Fact]
    public void With_a_ridge_that_grows_with_the_history_it_is_close_to_a_refold_and_far_from_the_whole()
    {
        var (model, history) = Case(12, exponent: 1);
        var without = model.Without(history);
        float[] whole = new float[Rank], quick = new float[Rank];
        model.FoldIn(history, whole);
        for (var j = 0; j < history.Length; j++)
        {
            var refold = Refold(model, history, j);
            without.Vector(j, quick);
            Assert.True(Distance(quick, refold) < 0.1 * Distance(whole, refold), $"without {j}: {Distance(quick, refold)} from the refold, the whole is {Distance(whole, refold)} from it");
        }
    }

    [Fact]
    public void The_parts_of_an_explanation_are_the_dual_variables_times_the_likeness()
    {
        var (model, history) = Case(10, exponent: 1);
        float[] vector = new float[Rank], parts = new float[history.Length];
        model.FoldIn(history, vector);
        for (var item = 0; item < Items; item += 31)
        {
            model.Explain(history, vector, item, parts);
            Assert.Equal(model.ScoreOf(vector, item), parts.Sum(), 4);
        }
    }

    [Fact]
    public void A_place_outside_the_history_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Case(3, 1).Model.Without(Case(3, 1).History).Vector(3, new float[Rank]));

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum());

    private static float[] Refold(FactorModel model, Interaction[] history, int j)
    {
        var vector = new float[Rank];
        model.FoldIn([.. history.Where((_, i) => i != j)], vector);
        return vector;
    }

    private static (FactorModel Model, Interaction[] History) Case(int n, double exponent)
    {
        var random = new Random(n);
        float[] factors = [.. Enumerable.Range(0, Items * Rank).Select(_ => (float)(random.NextDouble() - 0.4))];
        var model = new FactorModel(new ItemIndex([.. Enumerable.Range(1, Items)]), Rank, factors, new FoldInOptions(0.3, exponent == 0 ? 5 : 0.03, exponent));
        return (model, [.. Enumerable.Range(0, n).Select(i => new Interaction(i * 9 % Items, 1 + random.Next(8), random.Next(6) == 0 ? 0 : 1))]);
    }
}

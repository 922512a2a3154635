using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class FactorModelTests
{
    private static readonly InteractionMatrix Matrix = Samples.Departments();
    private static readonly FactorModel Model = new AlsTrainer(new AlsOptions { Rank = 16, Epochs = 6 }).Train(Matrix);

    [Fact]
    public void What_each_past_item_adds_sums_to_the_score()
    {
        // More than 16 items take the primal way, fewer the dual; the split holds for both.
        foreach (var count in new[] { 1, 5, 30 })
        {
            Interaction[] history = [.. Enumerable.Range(0, count).Select(i => new Interaction(i * 2, 1 + i % 5, i % 6 == 5 ? 0 : 1))];
            var shopper = new float[Model.Rank];
            Model.FoldIn(history, shopper);
            for (var item = 0; item < Matrix.ItemCount; item++)
            {
                var parts = new float[count];
                Model.Explain(history, shopper, item, parts);
                Assert.Equal(Model.ScoreOf(shopper, item), parts.Sum(), 1e-4f);
            }
        }
    }

    [Fact]
    public void Top_k_equals_a_naive_sort_for_any_scores_and_eligibility() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), (seed, k) =>
        {
            var random = new Random(seed);
            // Few distinct values, so that ties are tried.
            var scores = Enumerable.Range(0, random.Next(1, 200)).Select(_ => (float)random.Next(20)).ToArray();
            var eligible = new Eligibility(scores.Length);
            for (var i = 0; i < scores.Length; i++)
                eligible[i] = random.Next(3) > 0;
            var top = new Ranked[k];
            var found = TopList.Select(scores, eligible, top);
            var naive = Enumerable.Range(0, scores.Length).Where(i => eligible[i]).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(k);
            Assert.Equal(naive, top.Take(found).Select(t => t.Item));
        }));

    [Fact]
    public void The_scan_gives_the_same_list_as_scoring_everything_and_allocates_nothing()
    {
        Interaction[] history = [new(3, 5), new(7, 2)];
        var eligible = new Eligibility(Matrix.ItemCount, all: true).Except([3, 7]);
        var top = new Ranked[10];
        Assert.Equal(10, Model.Top(history, eligible, top));
        var scores = new float[Matrix.ItemCount];
        Model.Score(history, scores);
        var expected = new Ranked[10];
        TopList.Select(scores, eligible, expected);
        Assert.Equal(expected, top);
        Assert.DoesNotContain(top, t => t.Item is 3 or 7);

        var shopper = new float[Model.Rank];
        Model.FoldIn(history, shopper);
        Model.TopFor(shopper, eligible, top);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Model.TopFor(shopper, eligible, top);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void One_click_changes_the_list()
    {
        var eligible = new Eligibility(Matrix.ItemCount, all: true);
        Ranked[] before = new Ranked[10], after = new Ranked[10];
        Model.Top([new Interaction(1, 3)], eligible, before);
        Model.Top([new Interaction(1, 3), new Interaction(2, 3)], eligible, after);
        Assert.NotEqual(before.Select(t => t.Item), after.Select(t => t.Item));
    }

    [Fact]
    public void An_empty_history_is_not_known_and_gives_a_vector_of_zeros()
    {
        Assert.False(Model.Knows([]));
        var shopper = Enumerable.Repeat(1f, Model.Rank).ToArray();
        Model.FoldIn([], shopper);
        Assert.All(shopper, v => Assert.Equal(0, v));
    }

    [Fact]
    public void Factors_that_are_not_finite_or_of_the_wrong_shape_are_refused()
    {
        var items = new ItemIndex([1, 2]);
        Assert.Throws<ArithmeticException>(() => new FactorModel(items, 1, [1, float.NaN], new FoldInOptions()));
        Assert.Throws<ArgumentException>(() => new FactorModel(items, 2, [1, 2, 3], new FoldInOptions()));
        Assert.Throws<ArgumentException>(() => new FactorModel(items, 1, [1, 2], new FoldInOptions(Regularization: 0)));
    }

    [Fact]
    public void Many_threads_may_ask_one_model()
    {
        var expected = new float[Model.Rank];
        Model.FoldIn(Matrix.ByShopper[0], expected);
        Parallel.For(0, 500, _ =>
        {
            var own = new float[Model.Rank];
            Model.FoldIn(Matrix.ByShopper[0], own);
            Assert.Equal(expected, own);
        });
    }
}

using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class DiversifierTests
{
    [Fact]
    public void A_strict_list_keeps_the_caps_in_every_run_and_never_repeats_an_item() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (brands, categories, candidates) = Shelf(random, random.Next(60));
            var list = new Ranked[24];
            var placed = new Diversifier(brands, categories, (a, b) => categories[a] == categories[b] ? .8f : .1f, new DiversifierOptions { FillAnyway = false }).Arrange(candidates, list);
            for (var start = 0; start + 6 <= placed; start++)
            {
                var run = list[start..(start + 6)];
                Assert.True(run.GroupBy(r => brands[r.Item]).Where(g => g.Key >= 0).All(g => g.Count() <= 2));
                Assert.True(run.GroupBy(r => categories[r.Item]).Where(g => g.Key >= 0).All(g => g.Count() <= 3));
            }
            return list.Take(placed).Select(r => r.Item).Distinct().Count() == placed;
        }));

    [Fact]
    public void A_filled_list_is_as_long_as_the_candidates_allow()
    {
        var (_, categories, candidates) = Shelf(new Random(4), 10);
        var list = new Ranked[24];
        var oneBrand = new int[10];
        Assert.Equal(10, new Diversifier(oneBrand, categories, (_, _) => 0, new DiversifierOptions()).Arrange(candidates, list));
        Assert.Equal(2, new Diversifier(oneBrand, categories, (_, _) => 0, new DiversifierOptions { FillAnyway = false }).Arrange(candidates, list));
    }

    [Fact]
    public void Without_likeness_and_caps_the_order_is_that_of_the_scores()
    {
        Ranked[] candidates = [new(3, 9), new(1, 5), new(2, 4), new(0, 1)];
        var list = new Ranked[3];
        int[] none = [-1, -1, -1, -1];
        Assert.Equal(3, new Diversifier(none, none, (_, _) => 0, new DiversifierOptions()).Arrange(candidates, list));
        Assert.Equal(candidates[..3], list);
    }

    [Fact]
    public void A_twin_of_the_first_gives_way_to_something_else()
    {
        Ranked[] candidates = [new(0, 1), new(1, .95f), new(2, .8f), new(3, 0)];
        var list = new Ranked[2];
        int[] none = [-1, -1, -1, -1];
        new Diversifier(none, none, (a, b) => a + b == 1 ? 1 : 0, new DiversifierOptions()).Arrange(candidates, list);
        Assert.Equal([0, 2], list.Select(r => r.Item));
    }

    private static (int[] Brands, int[] Categories, Ranked[] Candidates) Shelf(Random random, int count) => (
        [.. Enumerable.Range(0, count).Select(_ => random.Next(-1, 8))],
        [.. Enumerable.Range(0, count).Select(_ => random.Next(-1, 5))],
        [.. Enumerable.Range(0, count).Select(i => new Ranked(i, (float)random.NextDouble())).OrderByDescending(r => r.Score)]);
}

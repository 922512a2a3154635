using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class ThompsonDrawsTests
{
    [Fact]
    public void The_propensities_of_what_may_be_drawn_sum_to_one_and_each_is_the_share_of_draws_that_choose_it()
    {
        var draws = new ThompsonDraws([.. Enumerable.Range(0, 30).Select(i => new Arm(i, i % 4, 10 + i, 0.05))], 200, new Random(1));
        bool MayTake(int item) => item % 3 != 0;
        var chosen = Enumerable.Range(0, draws.Draws).Select(d => draws.Choose(d, MayTake)!.Value).ToArray();
        Assert.All(chosen, c => Assert.True(MayTake(c.Item)));
        Assert.Equal(1, chosen.DistinctBy(c => c.Item).Sum(c => c.Propensity), 9);
        foreach (var item in chosen.GroupBy(c => c.Item))
            Assert.All(item, c => Assert.Equal((double)item.Count() / draws.Draws, c.Propensity, 9));
    }

    [Fact]
    public void What_is_clicked_is_drawn_more_often_and_what_was_shown_in_vain_hardly_at_all()
    {
        var draws = new ThompsonDraws([new(0, 60, 400, 0.05), new(1, 0, 0, 0.05), new(2, 0, 4000, 0.05)], 2000, new Random(2));
        var chosen = Enumerable.Range(0, draws.Draws).CountBy(d => draws.Choose(d, _ => true)!.Value.Item).ToDictionary();
        Assert.True(chosen[0] > chosen[1] && chosen[1] > 20, "the unknown one keeps a chance");
        Assert.False(chosen.ContainsKey(2));
    }

    [Fact]
    public void The_draws_follow_the_posterior()
    {
        // Two arms of known posteriors: P(a > b) by the draws against plain sampling of many more.
        var few = new ThompsonDraws([new(0, 5, 60, 0.1), new(1, 9, 80, 0.1)], 4000, new Random(3));
        var many = new ThompsonDraws([new(0, 5, 60, 0.1), new(1, 9, 80, 0.1)], 60_000, new Random(4));
        Assert.Equal(Share(many), Share(few), 1.5);
        static double Share(ThompsonDraws d) => 100 * (d.Choose(0, _ => true) is { Item: 0, Propensity: var p } ? p : 1 - d.Choose(0, _ => true)!.Value.Propensity);
    }

    [Fact]
    public void Nothing_is_drawn_when_nothing_may_be()
    {
        Assert.Null(new ThompsonDraws([new(0, 0, 0, 0.05)], 10, new Random(5)).Choose(0, _ => false));
        Assert.Null(ThompsonDraws.None.Choose(0, _ => true));
    }

    [Fact]
    public void More_clicks_than_impressions_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ThompsonDraws([new(0, 3, 2, 0.05)], 10, new Random(6)));
}

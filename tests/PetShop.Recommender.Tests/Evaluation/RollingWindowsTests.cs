using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Evaluation;

public sealed class RollingWindowsTests
{
    private static readonly DateTimeOffset End = Samples.Now;

    [Fact]
    public void Windows_follow_each_other_and_hold_their_share_of_the_purchases()
    {
        var windows = RollingWindows.Last(Daily(101), End, count: 3, share: .1);
        Assert.Equal(3, windows.Count);
        Assert.Equal(windows[0].Until, windows[1].From);
        Assert.Equal(windows[1].Until, windows[2].From);
        Assert.Equal(End, windows[2].Until);
        Assert.All(windows, w => Assert.InRange((w.Until - w.From).TotalDays, 10, 11));
    }

    [Fact]
    public void Purchases_all_at_one_moment_give_no_window_and_none_give_none()
    {
        var events = new InteractionMatrixBuilder(End);
        for (var shopper = 0; shopper < 9; shopper++)
            events.Add(Samples.Shopper(shopper), 1, InteractionKind.Purchase, End);
        Assert.Empty(RollingWindows.Last(events, End));
        Assert.Empty(RollingWindows.Last(new InteractionMatrixBuilder(End), End));
        Assert.Throws<ArgumentException>(() => RollingWindows.Last(events, End, count: 3, share: .4));
    }

    [Fact]
    public void A_holdout_of_a_window_equals_the_split_at_its_start()
    {
        var random = new Random(3);
        var events = new InteractionMatrixBuilder(End);
        var window = new EvaluationWindow(End.AddDays(-20), End.AddDays(-5));
        var split = new TimeSplit(window.From, window.Until);
        for (var n = 0; n < 2000; n++)
        {
            var (shopper, product, kind, at) = (Samples.Shopper(random.Next(60)), random.Next(40), (InteractionKind)random.Next(8), End.AddDays(-random.Next(60)));
            events.Add(shopper, product, kind, at);
            split.Add(shopper, product, kind, at);
        }
        Holdout one = events.HoldOut(window), other = split.Build();
        Assert.Equal(other.Training.Items.Products.ToArray(), one.Training.Items.Products.ToArray());
        Assert.Equal(other.Training.Shoppers.ToArray(), one.Training.Shoppers.ToArray());
        Assert.All(Enumerable.Range(0, one.Training.ShopperCount), u => Assert.Equal(other.Training.ByShopper[u].ToArray(), one.Training.ByShopper[u].ToArray()));
        Assert.Equal(other.Cases.Select(c => (c.Shopper, Bought: string.Join(',', c.Bought), Settled: string.Join(',', c.Settled!))),
            one.Cases.Select(c => (c.Shopper, string.Join(',', c.Bought), string.Join(',', c.Settled!))));
    }

    [Fact]
    public void Unseen_shoppers_are_tested_and_never_trained_on()
    {
        var events = Daily(300);
        var window = RollingWindows.Last(events, End, count: 1, share: .3)[0];
        var holdout = events.HoldOut(window, shopper => RollingWindows.IsUnseen(shopper, .4));
        Assert.NotEmpty(holdout.Cases);
        Assert.All(holdout.Cases, c => Assert.True(RollingWindows.IsUnseen(c.Shopper, .4) && holdout.Training.RowOf(c.Shopper) < 0 && !holdout.HistoryOf(c.Shopper).IsEmpty));
        Assert.Equal(events.HoldOut(window).Training.ShopperCount, holdout.Training.ShopperCount + holdout.Histories!.ShopperCount);
        var model = new AlsTrainer(new AlsOptions { Rank = 4, Epochs = 2 }).Train(holdout.Training);
        Assert.Equal(holdout.Cases.Count, Evaluator.Evaluate("als", model.Top, holdout, new EvaluationOptions { ExcludeSeen = false }).Overall.Cases);
    }

    [Fact]
    public void The_choice_of_unseen_shoppers_takes_about_its_share_and_does_not_change()
    {
        Guid[] shoppers = [.. Enumerable.Range(0, 4000).Select(Samples.Shopper)];
        Assert.InRange(shoppers.Count(s => RollingWindows.IsUnseen(s, .2)), 700, 900);
        Assert.Equal(shoppers.Where(s => RollingWindows.IsUnseen(s, .2)), shoppers.Where(s => RollingWindows.IsUnseen(s, .2)));
        Assert.DoesNotContain(shoppers, s => RollingWindows.IsUnseen(s, 0));
    }

    [Fact]
    public void Pooled_windows_count_every_case_alike()
    {
        var events = Daily(400);
        var model = new PopularityTrainer().Train(events.Build());
        EvaluationResult[] parts = [.. RollingWindows.Last(events, End, 3, .1).Select(w => Evaluator.Evaluate("popularity", model.Top, events.HoldOut(w), new EvaluationOptions { ExcludeSeen = false }))];
        var pooled = EvaluationResult.Pool(parts);
        Assert.Equal(parts.Sum(p => p.Overall.Cases), pooled.Overall.Cases);
        Assert.Equal(pooled.NdcgByCase.Average(), pooled.Overall.Ndcg10, 1e-12);
        Assert.Throws<ArgumentException>(() => EvaluationResult.Pool([]));
    }

    [Fact]
    public void A_model_with_columns_of_its_own_is_asked_in_those_of_the_holdout()
    {
        var holdoutItems = new ItemIndex([10, 20, 30, 40]);
        var model = new PopularityModel(new ItemIndex([5, 20, 40]), [9, 1, 2], []);
        Span<Ranked> top = new Ranked[4];
        var eligible = new Eligibility(4, all: true);
        var alone = top[..new ServedContender(model, holdoutItems).Top([new Interaction(0, 1)], eligible, top)].ToArray();
        Assert.Equal([3, 1], alone.Select(r => r.Item));
        var popular = new PopularityModel(holdoutItems, [4, 3, 2, 1], []);
        // Popularity without groups says the same to everybody, so it stands behind what is popular in the whole shop.
        var filled = top[..new ServedContender(model, holdoutItems, popular).Top([new Interaction(0, 1)], eligible, top)].ToArray();
        Assert.Equal([0, 1, 2, 3], filled.Select(r => r.Item));
    }

    private static InteractionMatrixBuilder Daily(int purchases)
    {
        var events = new InteractionMatrixBuilder(End);
        for (var day = 0; day < purchases; day++)
            events.Add(Samples.Shopper(day % 20), day * 7 % 11, InteractionKind.Purchase, End.AddDays(-day));
        return events;
    }
}

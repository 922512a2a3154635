using PetShop.Targeting.Banners;
using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Tests.Experiments;

public sealed class ExperimentReadingTests
{
    private static readonly DateOnly Day = new(2026, 5, 4);

    [Fact]
    public void A_difference_that_may_be_chance_is_not_decided_however_it_looks_to_a_plain_test()
    {
        var reading = Clicks(10_000, (1000, 50), (1000, 72));
        Assert.True(reading.Contrasts[0].Shares!.P < 0.05);
        Assert.Equal((ExperimentState.NotDecided, null), (reading.State, reading.Leader));
        Assert.True(reading.Contrasts[0].Always is { Low: < 0, High: > 0 });
    }

    [Fact]
    public void A_clear_difference_is_decided_either_way()
    {
        Assert.Equal((ExperimentState.Better, "B"), (Clicks(10_000, (5000, 250), (5000, 450)) is var r ? (r.State, r.Leader) : default));
        Assert.Equal((ExperimentState.Worse, "A"), (Clicks(10_000, (5000, 450), (5000, 250)) is var w ? (w.State, w.Leader) : default));
    }

    [Fact]
    public void After_the_plan_without_a_difference_that_is_said() =>
        Assert.Equal(ExperimentState.PlanOver, Clicks(10_000, (5000, 250), (5000, 255)).State);

    [Fact]
    public void Shares_that_are_off_block_every_verdict()
    {
        var reading = Clicks(10_000, (5000, 250), (4300, 450));
        Assert.Equal((ExperimentState.SharesOff, null), (reading.State, reading.Leader));
        Assert.True(reading.Ratio!.P < SampleRatio.Alarm);
    }

    [Fact]
    public void Who_is_held_out_cannot_click_but_counts_for_the_shares_and_for_orders()
    {
        var days = new[] { Of("A", 4500, 225, 90), Of("B", 4500, 230, 95), Of(BannerCandidate.HeldOut, 1000, 0, 10) };
        (string, double)[] weights = [("A", 45), ("B", 45), (BannerCandidate.HeldOut, 10)];
        Assert.Equal(["B"], new ExperimentReading(ExperimentMeasure.Clicks, weights, 10_000, days).Contrasts.Select(c => c.Variant));
        var orders = new ExperimentReading(ExperimentMeasure.Orders, weights, 10_000, days);
        Assert.Equal(["B", BannerCandidate.HeldOut], orders.Contrasts.Select(c => c.Variant));
        Assert.Equal(1, orders.Arms.Sum(a => a.Chance!.Value), 6);
    }

    [Fact]
    public void Orders_are_counted_of_those_whose_days_are_over_only()
    {
        ExperimentDay[] days = [Of("A", 100, 0, 10), Of("B", 100, 0, 10), Of("A", 50, 0, 1) with { IsRipe = false }, Of("B", 50, 0, 1) with { IsRipe = false }];
        var arms = new ExperimentReading(ExperimentMeasure.Orders, [("A", 1), ("B", 1)], 1000, days).Arms;
        Assert.All(arms, a => Assert.Equal((150L, 100L, 10L), (a.Visitors, a.Counted, a.Buyers)));
    }

    [Fact]
    public void The_curve_grows_day_by_day_and_ends_where_the_comparison_stands()
    {
        var days = Enumerable.Range(0, 5).SelectMany(i => new[] { Of("A", 1000, 50, 0) with { Day = Day.AddDays(i) }, Of("B", 1000, 60 + i, 0) with { Day = Day.AddDays(i) } }).ToArray();
        var reading = new ExperimentReading(ExperimentMeasure.Clicks, [("A", 1), ("B", 1)], 10_000, days);
        var curve = reading.Curves["B"];
        Assert.Equal(5, curve.Count);
        Assert.Equal(reading.Contrasts[0].Lift.Value, curve[^1].Lift, 12);
        Assert.Equal(reading.Contrasts[0].Always.High, curve[^1].High, 12);
        Assert.True(curve[^1].High - curve[^1].Low < curve[0].High - curve[0].Low);
    }

    [Fact]
    public void Revenue_is_compared_with_earlier_revenue_taken_out()
    {
        var random = new Random(7);
        double[] before = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble() * 5000)], noise = [.. before.Select(_ => random.NextDouble() * 500)];
        var a = new ExperimentDay("A", Day, true, 1000, 0, 500, 0, BeforeAfterSums.Of(before[..1000], [.. before[..1000].Zip(noise, (b, n) => b + n)]));
        var b = new ExperimentDay("B", Day, true, 1000, 0, 500, 0, BeforeAfterSums.Of(before[1000..], [.. before[1000..].Zip(noise[1000..], (x, n) => 1.1 * x + n)]));
        var contrast = Assert.Single(new ExperimentReading(ExperimentMeasure.Revenue, [("A", 1), ("B", 1)], 2000, [a, b]).Contrasts);
        Assert.Null(contrast.Shares);
        Assert.True(contrast.Adjusted!.Value.Narrower > 0.5, $"{contrast.Adjusted}");
        Assert.InRange(contrast.Adjusted.Value.Lift.Value, 0.05, 0.13);
    }

    [Fact]
    public void Nothing_is_said_before_anybody_came() =>
        Assert.Equal((ExperimentState.Waiting, null), new ExperimentReading(ExperimentMeasure.Clicks, [("A", 1), ("B", 1)], 1000, []) is var r ? (r.State, r.Ratio) : default);

    private static ExperimentDay Of(string variant, long visitors, long clickers, long buyers) => new(variant, Day, true, visitors, clickers, buyers, 0, new(visitors, buyers * 1000, buyers * 1e6, 0, 0, 0));

    private static ExperimentReading Clicks(long planned, (long Visitors, long Clickers) a, (long Visitors, long Clickers) b) =>
        new(ExperimentMeasure.Clicks, [("A", 1), ("B", 1)], planned, [Of("A", a.Visitors, a.Clickers, 0), Of("B", b.Visitors, b.Clickers, 0)]);
}

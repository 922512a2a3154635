using PetShop.Recommender.Numerics;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class TimingTests
{
    [Fact]
    public void A_bag_lasts_as_long_as_the_dog_needs_to_eat_it()
    {
        // 20 kg: RER 70 * 20^.75 = 662 kcal, neutered 1.6 times that; 12 kg at 3.6 kcal/g.
        var need = 1.6 * Replenishment.RestingKcal(20);
        Assert.Equal(1059.2, need, .1);
        Assert.Equal(40.8, Replenishment.PriorIntervalDays(12_000, 3.6, need), .1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Replenishment.RestingKcal(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Replenishment.PriorIntervalDays(0, 3.6, need));
    }

    [Theory]
    [InlineData("dog", false, 40, true, 1.6)]
    [InlineData("dog", false, 40, null, 1.8)]
    [InlineData("dog", true, 3, false, 3.0)]
    [InlineData("dog", true, 7, false, 2.0)]
    [InlineData("dog", true, null, false, 2.0)]
    [InlineData("cat", false, 40, true, 1.2)]
    [InlineData("cat", false, null, false, 1.4)]
    public void An_animal_needs_more_while_it_grows_and_less_when_neutered(string species, bool isYoung, int? months, bool? neutered, double factor) =>
        Assert.Equal(factor, Replenishment.EnergyFactor(species, isYoung, months, neutered));

    [Fact]
    public void The_interval_moves_from_the_prior_to_what_the_household_does()
    {
        Assert.Equal(40, Replenishment.IntervalDays(40, 0, 0));
        // Four purchases 20 days apart weigh as much as the prior.
        Assert.Equal(30, Replenishment.IntervalDays(40, 4, 80));
        Assert.Equal(20, Replenishment.IntervalDays(40, 4000, 80_000), .1);
    }

    [Fact]
    public void A_reminder_comes_when_the_bag_is_nearly_empty_and_gives_way_to_a_win_back()
    {
        Assert.Equal(ReplenishmentState.Stocked, Replenishment.StateOf(40, 2));
        Assert.Equal(ReplenishmentState.Due, Replenishment.StateOf(40, 36));
        Assert.Equal(ReplenishmentState.Due, Replenishment.StateOf(40, 99));
        Assert.Equal(ReplenishmentState.WinBack, Replenishment.StateOf(40, 101));
        Assert.True(Replenishment.Score(40, 36, 1) > 10 * Replenishment.Score(40, 5, 1));
        Assert.Equal(.5 * Replenishment.Score(40, 36, 1), Replenishment.Score(40, 36, .5), 1e-12);
        Assert.InRange(Replenishment.Score(40, 1e6, .7), 0, .7);
    }

    [Fact]
    public void A_product_with_few_buyers_repeats_like_its_category()
    {
        Assert.Equal(.3, Replenishment.RepeatProbability(0, 0, .3), 1e-12);
        Assert.Equal(.5, Replenishment.RepeatProbability(14, 20, .3), 1e-12);
    }

    [Fact]
    public void A_steady_product_has_no_trend_and_a_sudden_one_has()
    {
        var start = Samples.Now;
        var steady = new Trend(0, 0, start);
        for (var hour = 0; hour < 24 * 60; hour++)
            steady = steady.Add(start.AddHours(hour));
        var end = start.AddHours(24 * 60);
        Assert.InRange(steady.Score(end), -.6, .6);
        Assert.True(steady.Add(end, 30).Score(end) > 5);
        Assert.True(steady.Add(end, 30).Score(end.AddDays(2)) < 1);
    }

    [Fact]
    public void An_event_that_comes_late_counts_as_if_it_had_come_in_time()
    {
        var start = new Trend(0, 0, Samples.Now);
        var inTime = start.Add(Samples.Now.AddHours(1)).Add(Samples.Now.AddHours(5));
        var late = start.Add(Samples.Now.AddHours(5)).Add(Samples.Now.AddHours(1));
        Assert.Equal(inTime.Fast, late.Fast, 1e-12);
        Assert.Equal(inTime.Slow, late.Slow, 1e-12);
    }

    [Fact]
    public void A_product_shown_in_vain_fades_and_then_rests()
    {
        Assert.Equal(1, Fatigue.Multiplier(0));
        Assert.Equal(Math.Exp(-1), Fatigue.Multiplier(4), 1e-6);
        Assert.False(Fatigue.IsResting(5, TimeSpan.Zero));
        Assert.True(Fatigue.IsResting(6, TimeSpan.FromDays(13)));
        Assert.False(Fatigue.IsResting(6, TimeSpan.FromDays(14)));
    }

    [Theory, InlineData(0, 1), InlineData(.5, 0.4795001221869535), InlineData(2, 0.004677734981047266), InlineData(3, 2.209049699858544e-05), InlineData(-1, 1.8427007929497148)]
    public void The_complementary_error_function_equals_its_tables(double x, double expected) =>
        Assert.Equal(1, Distributions.Erfc(x) / expected, 1e-12);
}

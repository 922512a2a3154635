using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Tests.Experiments;

public sealed class MeasureTests
{
    private static readonly double[] PreA = [4, 7, 1, 9, 5, 3, 8, 6, 2, 5], PostA = [5, 9, 2, 12, 6, 3, 10, 7, 2, 6];
    private static readonly double[] PreB = [6, 6, 2, 8, 4, 4, 9, 7, 1, 4], PostB = [8, 9, 4, 12, 7, 6, 13, 10, 3, 6];

    [Fact]
    public void A_ratio_of_sums_is_as_published()
    {
        var a = RatioMetric.Of([0, 10, 25, 0, 40, 12, 0, 30, 18, 22], [1, 2, 3, 1, 4, 2, 1, 3, 2, 2]);
        var b = RatioMetric.Of([5, 12, 30, 0, 44, 18, 0, 33, 20, 28], [1, 2, 3, 1, 4, 2, 1, 3, 2, 3]);
        Near([7.476190, 1.035685, 8.636364, 0.907754, 1.160173, 0.842418], [a.Ratio, a.Error, b.Ratio, b.Error, b.Ratio - a.Ratio, b.Z(a)], 1e-6);
    }

    [Fact]
    public void What_was_so_before_is_taken_out_as_published()
    {
        var adjusted = Cuped.Adjust(BeforeAfterSums.Of(PreA, PostA), BeforeAfterSums.Of(PreB, PostB))!;
        var raw = Lift.Absolute(Estimate.OfValues(10, PostA.Sum(), PostA.Sum(v => v * v)), Estimate.OfValues(10, PostB.Sum(), PostB.Sum(v => v * v)));
        Near([1.28625473, 1.6, 1.487728, 1.47137453, 0.220563], [adjusted.Theta, raw.Value, raw.Error, adjusted.Difference, adjusted.Error], 1e-6);
    }

    [Fact]
    public void Where_nobody_did_anything_before_there_is_nothing_to_take_out() =>
        Assert.Null(Cuped.Adjust(BeforeAfterSums.Of(new double[10], PostA), BeforeAfterSums.Of(new double[10], PostB)));

    [Fact]
    public void The_chance_to_be_best_is_as_published()
    {
        Assert.Equal(0.9914227751, BestVariant.Chances([(200, 10_000), (250, 10_000)])[1], 7);
        Assert.Equal(0.9008097166, BestVariant.Chances([(3, 10), (6, 10)])[1], 6);
        Near([.047, .719, .234], [.. BestVariant.Chances([(20, 1000), (30, 1000), (25, 1000)])], 1e-3);
        Near([.5, .5], [.. BestVariant.Chances([(0, 0), (0, 0)])], 1e-6);
    }

    [Fact]
    public void Visitors_needed_are_as_published()
    {
        Assert.Equal(80_681, Power.OfShare(0.02, 0.1));
        Assert.Equal(31_233, Power.OfShare(0.05, 0.1));
        // A share is a mean: of small ones both count nearly alike.
        Assert.InRange(Power.OfMean(0.02, 0.02 * 0.98, 0.1), 76_000, 81_000);
    }

    [Fact]
    public void Weeks_are_whole_and_follow_the_smallest_variant()
    {
        Assert.Equal(17, Power.Weeks(80_681, 0.5, 10_000));
        Assert.Equal(81, Power.Weeks(80_681, 0.1, 10_000));
        Assert.Equal(1, Power.Weeks(5, 0.5, 10_000));
        Assert.Null(Power.Weeks(5, 0.5, 0));
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{actual[i]} is not {expected[i]} (number {i + 1})");
    }
}

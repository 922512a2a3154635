using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Tests.Experiments;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(200, 10_000, 250, 10_000, 2.383995, 0.0171258)]
    [InlineData(1396, 3000, 1502, 3000, 2.738492, 0.00617217)]
    public void Two_shares_compare_as_published(long hits1, long n1, long hits2, long n2, double z, double p)
    {
        var result = TwoProportions.Compare(hits1, n1, hits2, n2);
        Close(z, result.Z);
        Close(p, result.P);
    }

    [Fact]
    public void The_interval_of_a_difference_is_unpooled()
    {
        var result = TwoProportions.Compare(200, 10_000, 250, 10_000);
        Assert.Equal(0.000890, result.Low, 6);
        Assert.Equal(0.009110, result.High, 6);
    }

    [Theory]
    [InlineData(new long[] { 1000, 1100 }, new double[] { 1, 1 }, 4.761905, .0290963)]
    [InlineData(new long[] { 50_000, 51_000 }, new double[] { 1, 1 }, 9.900990, .00165190)]
    [InlineData(new long[] { 10_900, 46_700, 42_400 }, new double[] { 10, 45, 45 }, 295.4444, null)]
    [InlineData(new long[] { 200, 200, 200 }, new double[] { .5, .25, .25 }, 66.6667, null)]
    [InlineData(new long[] { 1000, 1130, 0 }, new double[] { 1, 1, 0 }, null, 0.00485)]
    public void A_sample_ratio_tests_as_published(long[] counts, double[] weights, double? chiSquare, double? p)
    {
        var result = SampleRatio.Test(counts, weights);
        Close(chiSquare ?? result.ChiSquare, result.ChiSquare);
        Assert.True(p is null || Math.Abs(result.P - p.Value) <= (p == 0.00485 ? 5e-6 : 1e-5 * p.Value), $"{result.P} is not {p}");
    }

    [Fact]
    public void Tiny_chances_keep_their_digits()
    {
        Assert.InRange(SampleRatio.Test([10_900, 46_700, 42_400], [10, 45, 45]).P, 6.95e-65, 7.05e-65);
        Assert.InRange(SampleRatio.Test([200, 200, 200], [.5, .25, .25]).P, 3.25e-15, 3.35e-15);
    }

    [Fact]
    public void Shares_and_ratios_of_nobody_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TwoProportions.Compare(0, 0, 1, 2));
        Assert.Throws<ArgumentException>(() => TwoProportions.Compare(3, 2, 1, 2));
        Assert.Throws<ArgumentException>(() => SampleRatio.Test([0, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => SampleRatio.Test([1, 2], [1, 0]));
    }

    private static void Close(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-5 * Math.Abs(expected), $"{actual} is not {expected}");
}

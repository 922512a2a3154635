using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Tests.Experiments;

public sealed class LiftTests
{
    private static readonly Estimate A = Estimate.OfValues(3407, 1396.87, 52377.9767);
    private static readonly Estimate B = Estimate.OfValues(3461, 2422.7, 134698.29);

    [Fact]
    public void A_relative_lift_of_means_is_as_published()
    {
        var lift = Lift.Relative(A, B);
        Near([0.70732, 0.37879, -0.03526, 1.44989, 0.06191], [lift.Value, lift.Error, lift.Low, lift.High, lift.P], 5e-6);
        var difference = Lift.Absolute(A, B);
        Near([0.29, 0.04538, 0.53462, 0.02016], [difference.Value, difference.Low, difference.High, difference.P], 5e-6);
    }

    [Fact]
    public void A_relative_lift_of_shares_is_as_published()
    {
        var lift = Lift.Relative(Estimate.OfShare(14, 28), Estimate.OfShare(16, 30));
        Near([0.06667, -0.47767, 0.61101, 0.80707], [lift.Value, lift.Low, lift.High, lift.P], 5e-6);
        var flat = Lift.Relative(Estimate.OfShare(49, 100), Estimate.OfShare(51, 100));
        Near([0.04082, 0.14725, 0.60918], [flat.Value, flat.Error, flat.ChanceToBeBetter], 5e-6);
    }

    [Fact]
    public void A_sequential_interval_is_as_published()
    {
        var lift = Lift.Relative(Estimate.OfValues(3000, 1396.87, 52377.9767), B);
        var wide = Sequential.Of(lift.Value, lift.Error, 3000 + 3461, 1000);
        Near([0.0890851, 0.50336, -0.55844, 1.56516, 1], [Sequential.Rho(1000), lift.Value, wide.Low, wide.High, wide.P], 6e-6);
        var share = Lift.Relative(Estimate.OfShare(1396, 3000), Estimate.OfShare(2422, 3461));
        var narrow = Sequential.Of(share.Value, share.Error, 3000 + 3461, 5000);
        Near([0.0398401, 0.50386, 0.40098, 0.60675], [Sequential.Rho(5000), share.Value, narrow.Low, narrow.High], 6e-6);
    }

    [Fact]
    public void The_sequential_p_value_is_below_alpha_exactly_when_the_interval_leaves_zero_out() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(-400, 400).SelectMany(v => Gen.Choose(1, 200), (v, e) => (v / 1000.0, e / 1000.0)).SelectMany(x => Gen.Choose(10, 100_000), (x, n) => (x.Item1, x.Item2, n)).ToArbitrary(),
            x => Sequential.Of(x.Item1, x.Item2, x.n, 5000) is var s && s.P < 0.05 == (s.Low > 0 || s.High < 0)));

    // Two equal variants, looked at after every hundred visitors: the plain test cries wolf far more often than one time in twenty, this one does not.
    [Fact]
    public void Looking_every_day_finds_nothing_where_nothing_is()
    {
        var (plain, always) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (hits, n, criedPlain, criedAlways) = (new long[2], 0L, false, false);
            for (var look = 0; look < 40; look++)
            {
                n += 100;
                for (var arm = 0; arm < 2; arm++)
                    for (var i = 0; i < 100; i++)
                        hits[arm] += random.NextDouble() < 0.3 ? 1 : 0;
                var lift = Lift.Relative(Estimate.OfShare(hits[0], n), Estimate.OfShare(hits[1], n));
                criedPlain |= lift.P < 0.05;
                criedAlways |= Sequential.Of(lift.Value, lift.Error, 2 * n, 8000).P < 0.05;
            }
            (plain, always) = (plain + (criedPlain ? 1 : 0), always + (criedAlways ? 1 : 0));
        }
        Assert.True(plain > 80, $"{plain} of 400 looked different to the plain test");
        Assert.True(always <= 20, $"{always} of 400 looked different to the test that may be looked at");
    }

    [Fact]
    public void A_mixture_test_is_as_published_and_its_p_value_never_rises()
    {
        var (first, second) = (MixtureTest.Of(0.005, 4.3975e-6, 1e-4), MixtureTest.Of(0.005, 4.3975e-6, 2.5e-5));
        Near([3.124283, 0.320073, 4.337860, 0.230528], [first.Ratio, first.P, second.Ratio, second.P], 1e-6);
        Assert.Equal([first.P, second.P, second.P], MixtureTest.OverLooks([first, second, first]));
    }

    [Fact]
    public void A_lift_relative_to_nothing_and_an_interval_of_nobody_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Lift.Relative(Estimate.OfShare(0, 10), Estimate.OfShare(1, 10)));
        Assert.Throws<ArgumentException>(() => Sequential.Of(0.1, 0.1, 0, 1000));
        Assert.Throws<ArgumentException>(() => Estimate.OfValues(1, 1, 1));
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{actual[i]} is not {expected[i]} (number {i + 1})");
    }
}

using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class CalibrationTests
{
    private static readonly DiversifierOptions Uncapped = new() { MaxPerBrand = int.MaxValue, MaxPerCategory = int.MaxValue };

    [Fact]
    public void Two_pets_keep_their_shares_within_one_place_in_every_beginning_of_the_list() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var share = random.NextDouble();
            var list = Arrange(random, [share, 1 - share], 12, out var groupOf);
            for (var n = 1; n <= list.Length; n++)
                Assert.True(Math.Abs(list.Take(n).Count(r => groupOf[r.Item] == 0) - share * n) < 1, $"{n} places, share {share}");
        }));

    [Fact]
    public void No_pet_of_several_gets_more_than_its_share_rounded_up_nor_much_less() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            double[] shares = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => 0.05 + random.NextDouble())];
            var sum = shares.Sum();
            var list = Arrange(random, shares, 16, out var groupOf);
            for (var n = 1; n <= list.Length; n++)
                for (var g = 0; g < shares.Length; g++)
                {
                    var count = list.Take(n).Count(r => groupOf[r.Item] == g);
                    Assert.InRange(count, Math.Floor(shares[g] / sum * n) - 2, Math.Ceiling(shares[g] / sum * n));
                }
        }));

    [Fact]
    public void Caps_come_before_shares()
    {
        // Group 0 has one brand only: after two of it the other group fills the run.
        Ranked[] candidates = [.. Enumerable.Range(0, 20).Select(i => new Ranked(i, 20 - i))];
        int[] brands = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 7 : 100 + i)], none = [.. Enumerable.Repeat(-1, 20)];
        var list = new Ranked[6];
        new Diversifier(brands, none, (_, _) => 0, new DiversifierOptions { FillAnyway = false }).Arrange(candidates, list, new Calibration([0.9, 0.1], i => i % 2 == 0 ? 1u : 2u));
        Assert.Equal(2, list.Count(r => r.Item % 2 == 0));
    }

    [Fact]
    public void What_fits_every_pet_or_none_is_never_held_back()
    {
        Ranked[] candidates = [.. Enumerable.Range(0, 8).Select(i => new Ranked(i, 8 - i))];
        var list = new Ranked[8];
        int[] none = [.. Enumerable.Repeat(-1, 8)];
        foreach (var groups in (uint[])[0, 3])
        {
            Assert.Equal(8, new Diversifier(none, none, (_, _) => 0, Uncapped).Arrange(candidates, list, new Calibration([0.2, 0.8], _ => groups)));
            Assert.Equal(candidates, list);
        }
    }

    [Fact]
    public void A_pet_without_anything_left_gives_its_places_to_the_others()
    {
        Ranked[] candidates = [.. Enumerable.Range(0, 10).Select(i => new Ranked(i, 10 - i))];
        var list = new Ranked[8];
        int[] none = [.. Enumerable.Repeat(-1, 10)];
        Assert.Equal(8, new Diversifier(none, none, (_, _) => 0, Uncapped).Arrange(candidates, list, new Calibration([0.5, 0.5], i => i == 9 ? 2u : 1u)));
        Assert.Contains(list, r => r.Item == 9);
    }

    [Fact]
    public void Shares_that_are_negative_or_all_nothing_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Calibration([0.0, 0.0], _ => 1));
        Assert.Throws<ArgumentException>(() => new Calibration([1.0, -0.5], _ => 1));
        Assert.Throws<ArgumentException>(() => new Calibration([], _ => 1));
    }

    // Each group has more than the list can hold, at scores that favour some groups.
    private static Ranked[] Arrange(Random random, double[] shares, int length, out int[] groupOf)
    {
        var of = groupOf = [.. Enumerable.Range(0, shares.Length * length).Select(i => i % shares.Length)];
        Ranked[] candidates = [.. Enumerable.Range(0, of.Length).Select(i => new Ranked(i, (float)(random.NextDouble() + of[i])))];
        int[] none = [.. of.Select(_ => -1)];
        var list = new Ranked[length];
        Assert.Equal(length, new Diversifier(none, none, (a, b) => of[a] == of[b] ? 0.6f : 0, Uncapped).Arrange(candidates, list, new Calibration(shares, i => 1u << of[i])));
        return list;
    }
}

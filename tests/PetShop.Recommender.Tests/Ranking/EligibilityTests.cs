using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class EligibilityTests
{
    [Fact]
    public void Set_operations_agree_with_a_hash_set() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var count = random.Next(1, 200);
            var (a, b) = (Draw(random, count), Draw(random, count));
            Same(a.Set.Intersect(b.Set), a.Bits.Copy().And(b.Bits));
            Same(a.Set.Union(b.Set), a.Bits.Copy().Or(b.Bits));
            Same(a.Set.Except(b.Set), a.Bits.Copy().Except(b.Bits));
            Same(a.Set.Except(b.Set), a.Bits.Copy().Except([.. b.Set, -1, count]));
            Assert.Equal(count, new Eligibility(count, all: true).EligibleCount);
        }));

    [Fact]
    public void Columns_outside_and_sets_of_another_model_are_refused()
    {
        var set = new Eligibility(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => set[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => set[-1] = true);
        Assert.Throws<ArgumentException>(() => set.And(new Eligibility(11)));
    }

    private static (HashSet<int> Set, Eligibility Bits) Draw(Random random, int count)
    {
        var bits = new Eligibility(count);
        HashSet<int> set = [.. Enumerable.Range(0, count).Where(_ => random.Next(2) == 0)];
        foreach (var i in set)
            bits[i] = true;
        return (set, bits);
    }

    private static void Same(IEnumerable<int> expected, Eligibility actual)
    {
        Assert.Equal(expected.Order(), Enumerable.Range(0, actual.Count).Where(i => actual[i]));
        Assert.Equal(expected.Count(), actual.EligibleCount);
    }
}

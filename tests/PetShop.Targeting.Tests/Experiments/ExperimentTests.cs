using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Tests.Experiments;

public sealed class ExperimentTests
{
    [Theory]
    [InlineData("seg:vip-dogs", "1", 8797)]
    [InlineData("seg:vip-dogs", "2", 4676)]
    [InlineData("exp:hero-banner", "1", 1247)]
    [InlineData("exp:hero-banner", "shopper-42", 4277)]
    [InlineData("exp:größe", "ключ", 6929)]
    public void A_key_falls_into_the_published_bucket(string salt, string key, int bucket) => Assert.Equal(bucket, Bucketing.Bucket(salt, key));

    [Fact]
    public void Visitors_are_shared_out_by_weight_and_nobody_gets_a_weight_of_zero()
    {
        var experiment = new Experiment("hero", [new("off", 0), new("a", 1), new("b", 3)]);
        var names = Enumerable.Range(0, 40_000).Select(i => experiment.Assign($"v{i}").Name).ToList();
        Assert.DoesNotContain("off", names);
        Assert.True(SampleRatio.Test([names.Count(n => n == "a"), names.Count(n => n == "b")], [1, 3]).P > SampleRatio.Alarm);
        Assert.Equal("a", new Experiment("hero-banner", [new("a", 1), new("b", 1)]).Assign("1").Name);
    }

    [Fact]
    public void Two_experiments_share_visitors_out_independently()
    {
        var (one, two) = (new Experiment("one", [new("a", 1), new("b", 1)]), new Experiment("two", [new("a", 1), new("b", 1)]));
        var both = Enumerable.Range(0, 20_000).Where(i => one.Assign($"{i}").Name == "a").GroupBy(i => two.Assign($"{i}").Name).Select(g => (long)g.Count()).ToList();
        Assert.True(SampleRatio.Test(both, [1, 1]).P > SampleRatio.Alarm);
    }

    [Fact]
    public void Weights_that_share_nothing_out_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Experiment("e", [new("a", 0)]));
        Assert.Throws<ArgumentException>(() => new Experiment("e", [new("a", 2), new("b", -1)]));
        Assert.Throws<ArgumentException>(() => new Experiment("e", [new("a", 2), new("a", 1)]));
    }
}

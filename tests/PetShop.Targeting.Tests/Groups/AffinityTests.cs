using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Groups;
using PetShop.Targeting.Tests.Segments;

namespace PetShop.Targeting.Tests.Groups;

public sealed class AffinityTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Affinities Model = new(TimeSpan.FromDays(60));
    private static readonly Dictionary<string, double> Shop = Affinities.Shares(new Dictionary<string, double> { ["dog"] = 600, ["cat"] = 390, ["reptile"] = 10 });

    [Fact]
    public void A_deed_counts_half_after_each_half_life()
    {
        var strengths = Model.Strengths([new("dog", 4, Now.AddDays(-60)), new("dog", 4, Now.AddDays(-120)), new("cat", 1, Now.AddTicks(-1))], Now);
        Assert.Equal(3, strengths["dog"], 9);
        Assert.Equal(1, strengths["cat"], 9);
    }

    [Fact]
    public void What_happens_at_the_asking_instant_or_later_does_not_count_yet() =>
        Assert.Empty(Model.Strengths([new("dog", 1, Now), new("dog", 1, Now.AddDays(1))], Now));

    [Fact]
    public void Someone_like_the_whole_shop_is_drawn_to_nothing_in_particular()
    {
        var average = Shop.ToDictionary(s => s.Key, s => 200 * s.Value);
        Assert.All(Model.Of(average, Shop), a => Assert.Equal(1, a.Lift, 9));
        Assert.Null(Model.Favourite(average, Shop));
    }

    [Fact]
    public void What_everyone_likes_says_less_than_what_few_like()
    {
        var lifts = Model.Of(new Dictionary<string, double> { ["dog"] = 20, ["reptile"] = 20 }, Shop);
        Assert.Equal(["reptile", "dog"], lifts.Select(a => a.Key));
        Assert.Equal(25 / (40 * 0.01 + 5), lifts[0].Lift, 9);
    }

    [Fact]
    public void One_look_at_something_rare_is_no_love_of_it()
    {
        var strengths = new Dictionary<string, double> { ["cat"] = 30, ["reptile"] = 1 };
        Assert.Equal("cat", Model.Favourite(strengths, Shop)!.Key);
        Assert.InRange(Model.Of(strengths, Shop).Single(a => a.Key == "reptile").Lift, 1, 1.2);
    }

    [Fact]
    public void A_second_love_is_told_a_mild_liking_and_a_sixth_are_not()
    {
        var shop = Affinities.Shares(Enumerable.Range(0, 20).ToDictionary(i => $"k{i:00}", _ => 1.0));
        var two = new Dictionary<string, double> { ["k03"] = 20, ["k01"] = 12, ["k02"] = 1 };
        Assert.Equal(["k03", "k01"], Model.Leanings(two, shop).Select(a => a.Key));
        Assert.InRange(Model.Of(two, shop)[2].Lift, 0.5, 1.25);
        Assert.Equal(5, Model.Leanings(Enumerable.Range(0, 7).ToDictionary(i => $"k{i:00}", i => 10.0 + i), shop).Count);
        Assert.Empty(Model.Leanings(shop.ToDictionary(s => s.Key, s => 200 * s.Value), shop));
    }

    [Fact]
    public void A_key_the_shop_has_never_seen_counts_as_rare_and_nobody_has_no_favourite()
    {
        Assert.Equal(2, Model.Of(new Dictionary<string, double> { ["bird"] = 5 }, Shop).Single().Lift, 9);
        Assert.Null(Model.Favourite(new Dictionary<string, double>(), Shop));
        Assert.Empty(Affinities.Shares(new Dictionary<string, double>()));
    }

    [Fact]
    public void Lifts_stand_between_none_and_the_bare_ratio_and_more_of_a_thing_never_lowers_its_own()
    {
        var amounts = from dog in Gen.Choose(0, 500) from cat in Gen.Choose(0, 500) from reptile in Gen.Choose(0, 500) where dog + cat + reptile > 0 select (dog, cat, reptile);
        Props.Hold(amounts, x =>
        {
            var strengths = new Dictionary<string, double> { ["dog"] = x.dog, ["cat"] = x.cat, ["reptile"] = x.reptile };
            var before = Model.Of(strengths, Shop).ToDictionary(a => a.Key, a => a.Lift);
            var total = strengths.Values.Sum();
            strengths["dog"]++;
            var more = Model.Of(strengths, Shop).Single(a => a.Key == "dog").Lift;
            return more >= before["dog"] && before.All(a => (a.Value - 1) * (strengths[a.Key] - (a.Key == "dog" ? 1 : 0) - total * Shop[a.Key]) >= -1e-9);
        });
    }

    [Fact]
    public void Settings_without_meaning_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Affinities(TimeSpan.Zero).Strengths([], Now));
        Assert.Throws<ArgumentException>(() => new Affinities(TimeSpan.FromDays(1), 0).Strengths([], Now));
    }
}

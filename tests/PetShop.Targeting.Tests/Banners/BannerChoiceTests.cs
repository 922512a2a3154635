using PetShop.Targeting.Banners;
using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Banners;

public sealed class BannerChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    [Fact]
    public void The_highest_priority_wins_and_of_equals_the_lower_id() =>
        Assert.Equal(2, Choose([Banner(3, 5), Banner(2, 5), Banner(1, 4), Banner(9, 9) with { Placement = "cart" }]));

    [Fact]
    public void A_banner_runs_from_its_start_until_just_before_its_end()
    {
        Assert.Equal(1, Choose([Banner(1) with { StartsAt = Now, EndsAt = Now.AddTicks(1) }]));
        Assert.Null(Choose([Banner(1) with { StartsAt = Now.AddTicks(1) }]));
        Assert.Null(Choose([Banner(1) with { EndsAt = Now }]));
    }

    [Fact]
    public void Members_of_one_of_its_segments_see_it_unless_excluded()
    {
        var banner = Banner(1) with { AnyOf = ["puppies", "kittens"], NoneOf = ["complaint"] };
        Assert.Null(Choose([banner]));
        Assert.Equal(1, Choose([banner], ["kittens"]));
        Assert.Null(Choose([banner], ["kittens", "complaint"]));
    }

    [Fact]
    public void A_banner_seen_often_enough_today_gives_way_to_the_next()
    {
        BannerCandidate[] banners = [Banner(1, 9) with { DailyCap = 2 }, Banner(2, 1)];
        Assert.Equal(1, Choose(banners, shown: new() { [1] = 1 }));
        Assert.Equal(2, Choose(banners, shown: new() { [1] = 2 }));
    }

    [Fact]
    public void The_preview_tells_why_each_other_was_passed_over_and_when_by_the_clock_of_the_shop()
    {
        BannerCandidate[] banners =
        [
            Banner(1, 9) with { AnyOf = ["puppies"] }, Banner(2, 8) with { NoneOf = ["vip"] }, Banner(3, 7) with { StartsAt = Now.AddDays(1) }, Banner(4, 6) with { EndsAt = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero) },
            Banner(5, 5) with { IsActive = false }, Banner(6, 4) with { DailyCap = 3 }, Banner(7, 3), Banner(8, 2),
        ];
        var verdicts = BannerChoice.Explain(banners, "home", new Moment(Now, Amsterdam), new HashSet<string> { "vip" }, new Dictionary<int, int> { [6] = 3 });
        Assert.Equal(
            [
                "The visitor is in none of its segments (puppies).", "The visitor is in the excluded segment “Big baskets”.", "Starts at 2026-05-05 14:00 +02:00.",
                "Ended at 2026-03-28 13:00 +01:00.", "Switched off.", "Already seen 3 times today, which is its cap.", "Shown.", "Would fit, but banner 7 comes first.",
            ],
            verdicts.Select(v => v.Sentence(new() { Segments = new Dictionary<string, string> { ["vip"] = "Big baskets" } })));
    }

    [Fact]
    public void Who_is_held_out_sees_the_next_and_counts_as_having_met_the_first()
    {
        BannerCandidate[] banners = [Banner(1, 9) with { Experiment = Shares("one", ("A", 0), (BannerCandidate.HeldOut, 1)) }, Banner(2, 5) with { Experiment = Shares("two", ("A", 1), (BannerCandidate.HeldOut, 0)) }, Banner(3, 1) with { Experiment = Shares("three", (BannerCandidate.HeldOut, 1)) }];
        var chosen = BannerChoice.Choose(banners, "home", Now, new HashSet<string>(), new Dictionary<int, int>(), "somebody");
        Assert.Equal(2, chosen?.Id);
        Assert.Equal([1], BannerChoice.Withheld(banners, "home", Now, new HashSet<string>(), new Dictionary<int, int>(), "somebody", chosen).Select(b => b.Id));
        Assert.Equal("Held out: the visitor is of the share that does not see it, for comparison.",
            BannerChoice.Explain(banners, "home", new Moment(Now, Amsterdam), new HashSet<string>(), new Dictionary<int, int>(), "somebody")[0].Sentence(SpokenNames.None));
    }

    [Fact]
    public void Who_is_not_recognised_always_gets_the_first_variant_and_is_never_held_out()
    {
        BannerCandidate[] banners = [Banner(1, 9) with { Experiment = Shares("one", ("A", 0), ("B", 1), (BannerCandidate.HeldOut, 9)) }];
        Assert.Equal(1, Choose(banners));
        Assert.Equal("A", banners[0].VariantFor(null));
    }

    [Fact]
    public void A_visitor_keeps_their_variant_and_variants_get_their_shares()
    {
        var banner = Banner(1) with { Experiment = Shares("one", ("A", 60), ("B", 30), (BannerCandidate.HeldOut, 10)) };
        var variants = Enumerable.Range(0, 10_000).Select(i => banner.VariantFor($"visitor-{i}")).ToList();
        Assert.Equal(variants, Enumerable.Range(0, 10_000).Select(i => banner.VariantFor($"visitor-{i}")));
        Assert.InRange(variants.Count(l => l == "A"), 5800, 6200);
        Assert.InRange(variants.Count(l => l == "B"), 2800, 3200);
    }

    private static Experiment Shares(string key, params (string Name, int Weight)[] shares) => new(key, [.. shares.Select(s => new Variant(s.Name, s.Weight))]);

    private static BannerCandidate Banner(int id, int priority = 0) => new() { Id = id, Placement = "home", Priority = priority };

    private static int? Choose(BannerCandidate[] banners, HashSet<string>? memberships = null, Dictionary<int, int>? shown = null) =>
        BannerChoice.Choose(banners, "home", Now, memberships ?? [], shown ?? [])?.Id;
}

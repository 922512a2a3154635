using PetShop.Targeting.Banners;

namespace PetShop.Targeting.Tests.Banners;

public sealed class BannerChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

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
    public void The_preview_tells_why_each_other_was_passed_over()
    {
        BannerCandidate[] banners =
        [
            Banner(1, 9) with { AnyOf = ["puppies"] }, Banner(2, 8) with { NoneOf = ["vip"] }, Banner(3, 7) with { StartsAt = Now.AddDays(1) }, Banner(4, 6) with { EndsAt = Now.AddDays(-1) },
            Banner(5, 5) with { IsActive = false }, Banner(6, 4) with { DailyCap = 3 }, Banner(7, 3), Banner(8, 2),
        ];
        var verdicts = BannerChoice.Explain(banners, "home", Now, new HashSet<string> { "vip" }, new Dictionary<int, int> { [6] = 3 });
        Assert.Equal(
            [
                "The visitor is in none of its segments (puppies).", "The visitor is in the excluded segment vip.", "Starts at 2026-05-05 12:00 +00:00.",
                "Ended at 2026-05-03 12:00 +00:00.", "Switched off.", "Already seen 3 times today, which is its cap.", "Shown.", "Would fit, but banner 7 comes first.",
            ],
            verdicts.Select(v => v.Sentence));
    }

    private static BannerCandidate Banner(int id, int priority = 0) => new() { Id = id, Placement = "home", Priority = priority };

    private static int? Choose(BannerCandidate[] banners, HashSet<string>? memberships = null, Dictionary<int, int>? shown = null) =>
        BannerChoice.Choose(banners, "home", Now, memberships ?? [], shown ?? [])?.Id;
}

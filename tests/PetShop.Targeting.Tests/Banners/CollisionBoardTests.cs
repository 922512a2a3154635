using PetShop.Targeting.Banners;
using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Banners;

public sealed class CollisionBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, SegmentBit> Slots = new() { ["dogs"] = new(0, null), ["cats"] = new(1, null), ["vip"] = new(70, null) };

    // 10 with a dog, 5 with a cat, 3 with both, 2 with both and of importance, 80 with neither.
    private static readonly AlikeShoppers[] Shop = [new([1], 10), new([2], 5), new([3, 0], 3), new([3, 1L << 8], 2), new([], 80)];

    [Fact]
    public void Who_is_in_both_audiences_meets_both_and_the_first_in_priority_wins()
    {
        var collision = Assert.Single(Board(Banner(1, 5, "dogs"), Banner(2, 9, "cats")).Collisions);
        Assert.Equal((2, 1, 5L, false, false), (collision.Winner.Id, collision.Loser.Id, collision.Shoppers, collision.Strangers, collision.IsPageByPage));
    }

    [Fact]
    public void Excluded_segments_and_schedules_that_do_not_meet_end_a_collision()
    {
        Assert.Equal(3, Assert.Single(Board(Banner(1, 5, "dogs"), Banner(2, 9, "cats") with { NoneOf = ["vip"] }).Collisions).Shoppers);
        Assert.Empty(Board(Banner(1, 5, "dogs") with { NoneOf = ["cats"] }, Banner(2, 9, "cats")).Collisions);
        Assert.Empty(Board(Banner(1, 5, "dogs") with { EndsAt = Now.AddDays(1) }, Banner(2, 9, "cats") with { StartsAt = Now.AddDays(1) }).Collisions);
        Assert.Empty(Board(Banner(1, 5, "dogs"), Banner(2, 9, "cats") with { IsActive = false }).Collisions);
        var brief = Assert.Single(Board(Banner(1, 5, "dogs") with { EndsAt = Now.AddDays(2) }, Banner(2, 9, "cats") with { StartsAt = Now.AddDays(1) }).Collisions);
        Assert.Equal((Now.AddDays(1), Now.AddDays(2)), (brief.From, brief.Until!.Value));
    }

    [Fact]
    public void Two_for_everyone_are_met_by_strangers_too_and_the_second_is_never_seen()
    {
        var board = Board(Banner(1, 9), Banner(2, 5));
        Assert.Equal((100L, true), (board.Collisions[0].Shoppers, board.Collisions[0].Strangers));
        Assert.Equal([false, true], board.Reaches.Select(r => r.IsShadowed));
        Assert.Equal([1], board.Reaches[1].OutrankedBy.Select(b => b.Id));
        Assert.Equal([100L, 0L], board.Reaches.Select(r => r.FirstFor));
    }

    [Fact]
    public void Several_together_shadow_one_that_none_of_them_shadows_alone()
    {
        var board = Board(Banner(1, 9, "dogs"), Banner(2, 8, "cats"), Banner(3, 7, "dogs", "cats"));
        Assert.True(board.Reaches[2].IsShadowed);
        Assert.False(Board(Banner(1, 9, "dogs"), Banner(3, 7, "dogs", "cats")).Reaches[1].IsShadowed);
    }

    [Fact]
    public void A_banner_has_its_time_before_or_after_those_that_outrank_it()
    {
        Assert.False(Board(Banner(1, 9) with { EndsAt = Now.AddDays(1) }, Banner(2, 5)).Reaches[1].IsShadowed);
        Assert.False(Board(Banner(1, 9) with { StartsAt = Now.AddDays(1) }, Banner(2, 5)).Reaches[1].IsShadowed);
        Assert.True(Board(Banner(1, 9) with { EndsAt = Now.AddDays(1) }, Banner(2, 5) with { EndsAt = Now.AddHours(5) }).Reaches[1].IsShadowed);
        Assert.True(Board(Banner(1, 9) with { EndsAt = Now.AddDays(1) }, Banner(3, 8) with { StartsAt = Now.AddDays(1) }, Banner(2, 5)).Reaches[2].IsShadowed);
    }

    [Fact]
    public void A_cap_or_a_share_held_out_leaves_room_for_the_next()
    {
        var capped = Board(Banner(1, 9, "dogs") with { DailyCap = 3 }, Banner(2, 5, "cats")).Reaches;
        Assert.Equal([15L, 5L], capped.Select(r => r.FirstFor));
        Assert.False(Board(Banner(1, 9) with { DailyCap = 3 }, Banner(2, 5)).Reaches[1].IsShadowed);
        Assert.False(Board(Banner(1, 9) with { Experiment = new Experiment("x", [new("A", 9), new(BannerCandidate.HeldOut, 1)]) }, Banner(2, 5)).Reaches[1].IsShadowed);
    }

    [Fact]
    public void What_is_decided_page_by_page_is_told_and_never_called_unseen_unless_one_for_everyone_stands_above()
    {
        var board = Board(Banner(1, 9, "dogs"), Banner(2, 5, "evening"));
        Assert.True(Assert.Single(board.Collisions).IsPageByPage);
        Assert.Equal((0L, false, true), (board.Reaches[1].Shoppers, board.Reaches[1].IsShadowed, board.Reaches[1].IsPageByPage));
        Assert.True(Board(Banner(1, 9), Banner(2, 5, "evening")).Reaches[1].IsShadowed);
        Assert.False(Board(Banner(1, 9) with { NoneOf = ["evening"] }, Banner(2, 5, "evening")).Reaches[1].IsShadowed);
    }

    private static BannerCandidate Banner(int id, int priority, params string[] segments) => new() { Id = id, Placement = "home", Priority = priority, AnyOf = segments };

    private static CollisionBoard Board(params BannerCandidate[] banners) => new(banners, Shop, Slots, new HashSet<string> { "evening" }, Now);
}

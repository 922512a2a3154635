using PetShop.Data.Events;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>The last visit and the number of visits follow the last click, and count nothing twice.</summary>
public sealed class RecentVisitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly VisitorFacts Stored = new() { ShopperId = Guid.CreateVersion7(), LastSeenAt = Now.AddDays(-3), Sessions30d = 4 };

    [Fact]
    public void A_visit_that_began_after_the_stored_last_one_counts_once_whatever_was_done_in_it()
    {
        var visit = Guid.CreateVersion7(Now.AddMinutes(-20));
        var facts = RecentVisits.Upon(Stored, History((Now.AddMinutes(-1), visit), (Now.AddMinutes(-19), visit), (Now.AddDays(-3), Guid.CreateVersion7(Now.AddDays(-3)))), Now);
        Assert.Equal((5, Now.AddMinutes(-1)), (facts.Sessions30d, facts.LastSeenAt!.Value));
    }

    [Fact]
    public void A_visit_that_the_stored_number_holds_already_only_moves_the_last_moment_on()
    {
        var facts = RecentVisits.Upon(Stored, History((Now.AddDays(-3).AddMinutes(5), Guid.CreateVersion7(Now.AddDays(-3).AddMinutes(-1)))), Now);
        Assert.Equal((4, Now.AddDays(-3).AddMinutes(5)), (facts.Sessions30d, facts.LastSeenAt!.Value));
    }

    [Fact]
    public void What_lies_ahead_or_a_month_back_and_who_has_no_account_change_nothing()
    {
        Assert.Same(Stored, RecentVisits.Upon(Stored, History((Now.AddSeconds(5), Guid.CreateVersion7(Now))), Now));
        var unseen = Stored with { LastSeenAt = null, Sessions30d = 0 };
        Assert.Same(unseen, RecentVisits.Upon(unseen, History((Now.AddHours(-721), Guid.CreateVersion7(Now.AddHours(-721)))), Now));
        Assert.Same(VisitorFacts.Unknown, RecentVisits.Upon(VisitorFacts.Unknown, History((Now.AddMinutes(-1), Guid.CreateVersion7(Now.AddMinutes(-1)))), Now));
    }

    private static VisitorHistory History(params (DateTimeOffset At, Guid Visit)[] views) =>
        new(views.Select(v => new HistoryEvent(Guid.NewGuid(), v.At, EventType.ProductViewed, 1, null, null, null, null, null, null, null, null, v.Visit)));
}

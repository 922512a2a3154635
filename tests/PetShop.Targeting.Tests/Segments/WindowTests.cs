using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class WindowTests
{
    [Theory]
    // Two calendar days across the spring change are 47 hours, across the autumn change 49; two days are 48 hours whatever the clocks do.
    [InlineData("2026-03-30T10:00Z", 2, WindowUnit.CalendarDay, "2026-03-28T11:00Z")]
    [InlineData("2026-10-26T11:00Z", 2, WindowUnit.CalendarDay, "2026-10-24T10:00Z")]
    [InlineData("2026-03-30T10:00Z", 2, WindowUnit.Day, "2026-03-28T10:00Z")]
    [InlineData("2026-03-30T10:00Z", 48, WindowUnit.Hour, "2026-03-28T10:00Z")]
    // 02:30 does not exist on 29 March: the window opens when the clocks jump, at 03:00 summer time.
    [InlineData("2026-03-30T00:30Z", 1, WindowUnit.CalendarDay, "2026-03-29T01:00Z")]
    // 02:30 comes twice on 25 October: the window opens at its first coming.
    [InlineData("2026-10-26T01:30Z", 1, WindowUnit.CalendarDay, "2026-10-25T00:30Z")]
    [InlineData("2026-03-31T09:00Z", 1, WindowUnit.Month, "2026-02-28T10:00Z")]
    [InlineData("2028-02-29T12:00Z", 12, WindowUnit.Month, "2027-02-28T12:00Z")]
    public void A_window_opens_by_the_clock_of_the_shop(string asOf, int last, WindowUnit unit, string opens) =>
        Assert.Equal(DateTimeOffset.Parse(opens), new Moment(DateTimeOffset.Parse(asOf), FactsGen.Zone).Start(new Window(last, unit)));

    [Fact]
    public void A_window_holds_its_opening_instant_but_not_the_asking_one()
    {
        var asOf = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
        var once = new EventRule(new(BehaviourType.Searched), EventMeasure.Count, RuleOperator.AtLeast, 1, new Window(7, WindowUnit.Day));
        bool Seen(DateTimeOffset at) => once.Matches(new(new VisitorFacts { Events = [new(BehaviourType.Searched, at)] }, new Moment(asOf, FactsGen.Zone)));
        Assert.True(Seen(asOf.AddDays(-7)));
        Assert.False(Seen(asOf.AddDays(-7).AddMicroseconds(-1)));
        Assert.True(Seen(asOf.AddMicroseconds(-1)));
        Assert.False(Seen(asOf));
    }

    [Fact]
    public void A_moment_is_cut_to_the_microseconds_a_database_keeps() =>
        Assert.Equal(0, new Moment(DateTimeOffset.UnixEpoch.AddTicks(19), FactsGen.Zone).AsOf.UtcTicks % TimeSpan.TicksPerMicrosecond);

    [Fact]
    public void Days_since_counts_whole_days_and_goes_below_zero_for_the_future()
    {
        var now = new Moment(DateTimeOffset.UnixEpoch.AddDays(100), FactsGen.Zone);
        Assert.Equal([1L, 0, 0, -1, -1, -2], new[] { -24, -23, 0, 1, 24, 25 }.Select(h => now.DaysSince(now.AsOf.AddHours(h))));
    }

    [Fact]
    public void A_wider_window_opens_earlier_whatever_the_clocks_do() => Props.Hold(RuleGen.Windows, window =>
        FactsGen.Instants.All(i => new Moment(i, FactsGen.Zone) is var at && at.Start(window with { Last = window.Last + 1 }) < at.Start(window) && at.Start(window) < at.AsOf
            && (at.AsOf - at.Start(window)).TotalDays <= window.AtMostDays));
}

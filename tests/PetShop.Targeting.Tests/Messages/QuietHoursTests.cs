using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Messages;

namespace PetShop.Targeting.Tests.Messages;

public sealed class QuietHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly QuietHours Night = new(21, 8);

    [Theory]
    [InlineData("2026-11-20T12:00+01:00", "2026-11-20T12:00+01:00")]
    [InlineData("2026-11-20T21:00+01:00", "2026-11-21T08:00+01:00")]
    [InlineData("2026-11-21T07:59+01:00", "2026-11-21T08:00+01:00")]
    [InlineData("2026-11-21T08:00+01:00", "2026-11-21T08:00+01:00")]
    // The clock goes forward: the night is an hour shorter.
    [InlineData("2026-03-28T22:00+01:00", "2026-03-29T08:00+02:00")]
    // The clock goes back: it is an hour longer.
    [InlineData("2026-10-24T22:00+02:00", "2026-10-25T08:00+01:00")]
    public void A_letter_of_the_night_waits_for_the_morning(string at, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), Night.EndFrom(DateTimeOffset.Parse(at), Berlin));

    [Theory]
    // Two o'clock does not come on this day, and comes twice on that one.
    [InlineData(22, 2, "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00")]
    [InlineData(22, 2, "2026-10-25T01:30+02:00", "2026-10-25T02:00+02:00")]
    public void Quiet_that_ends_within_a_change_of_clocks_ends_once(int from, int until, string at, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), new QuietHours(from, until).EndFrom(DateTimeOffset.Parse(at), Berlin));

    [Fact]
    public void The_same_hour_twice_is_no_quiet_at_all() => Assert.False(new QuietHours(8, 8).Hold(DateTimeOffset.Parse("2026-11-20T08:30+01:00"), Berlin));

    [Fact]
    public void Whatever_the_hours_and_the_moment_the_end_is_not_quiet_and_all_before_it_is()
    {
        var moments = Gen.Choose(0, 2 * 366 * 24 * 60).Select(minutes => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));
        var cases = Gen.Choose(0, 23).SelectMany(from => Gen.Choose(0, 23).SelectMany(until => moments.Select(at => (Quiet: new QuietHours(from, until), At: at))));
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(cases), c =>
        {
            var end = c.Quiet.EndFrom(c.At, Berlin);
            return end >= c.At && end - c.At <= TimeSpan.FromHours(24) && !c.Quiet.Hold(end, Berlin)
                && Enumerable.Range(0, (int)(end - c.At).TotalMinutes).Where(m => m % 10 == 0).All(m => c.Quiet.Hold(c.At.AddMinutes(m), Berlin));
        }));
    }
}

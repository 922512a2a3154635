using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Messages;

namespace PetShop.Targeting.Tests.Messages;

public sealed class LetterRulesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly LetterRules Rules = new(TimeSpan.FromDays(7), TimeSpan.FromDays(7), new(21, 8));
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_may_get_a_letter_outranks_when()
    {
        var midnight = Noon.AddHours(12);
        Assert.Equal(new(LeaveOut.NotAgreed, null), Rules.Judge(new(LeaveOut.NotAgreed, true, midnight, null), true, midnight, Berlin));
        Assert.Equal(new(LeaveOut.LeftSegment, null), Rules.Judge(new(LeaveOut.None, false, midnight, midnight), true, midnight, Berlin));
    }

    [Fact]
    public void A_letter_too_many_is_left_out_when_it_is_sent_once_and_put_off_when_it_follows_an_entry()
    {
        var reader = new LetterCase(LeaveOut.None, true, Noon, Noon.AddDays(-5));
        Assert.Equal(new(LeaveOut.Capped, null), Rules.Judge(reader, mayWait: false, Noon, Berlin));
        Assert.Equal(new(LeaveOut.None, Noon.AddDays(2)), Rules.Judge(reader, mayWait: true, Noon, Berlin));
        Assert.True(Rules.Judge(reader with { LastLetterAt = Noon.AddDays(-7) }, mayWait: false, Noon, Berlin).Writes);
    }

    [Fact]
    public void A_letter_whose_time_is_long_past_is_not_written_any_more() =>
        Assert.Equal(LeaveOut.TooLate, Rules.Judge(new(LeaveOut.None, true, Noon.AddDays(-8), null), true, Noon, Berlin).Reason);

    [Fact]
    public void Whatever_the_case_no_letter_is_written_to_who_may_not_get_it_too_soon_or_at_night()
    {
        var hours = Gen.Choose(-24 * 20, 24 * 20);
        var cases = Gen.Choose(0, 4).SelectMany(bar => Gen.Elements(true, false).SelectMany(member => hours.SelectMany(due => hours.SelectMany(last => Gen.Choose(0, 23).SelectMany(hour => Gen.Elements(true, false)
            .Select(wait => (Case: new LetterCase((LeaveOut)bar, member, Noon.AddHours(due), last < 0 ? Noon.AddHours(last) : null), Now: Noon.AddHours(hour), Wait: wait)))))));
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(cases), c =>
        {
            var verdict = Rules.Judge(c.Case, c.Wait, c.Now, Berlin);
            var may = c.Case.Bar == LeaveOut.None && c.Case.IsMember && c.Now <= c.Case.DueAt.AddDays(7) && !(c.Case.LastLetterAt > c.Now.AddDays(-7)) && !Rules.Quiet.Hold(c.Now, Berlin);
            return verdict.Writes == may && (verdict.NotBefore is null || verdict.NotBefore > c.Now) && (verdict.Reason == LeaveOut.None || verdict.NotBefore is null);
        }));
    }
}

using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting;

namespace PetShop.Web.Tests.Targeting;

public sealed class MembershipExplanationTests
{
    private const string Bought = """{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":7,"unit":"day"}}""";
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    // Bought three days and a microsecond ago: the rule turns in four days. Days from now; null for never.
    [Theory]
    [InlineData(null, null, true, 4)]
    [InlineData(1, null, true, 1)]
    [InlineData(5, null, true, null)]
    [InlineData(-1, 1, true, 1)]
    [InlineData(-1, 10, true, 4)]
    [InlineData(-2, -1, true, null)]
    [InlineData(null, 2, false, null)]
    [InlineData(null, 10, false, 4)]
    [InlineData(1, null, false, 4)]
    [InlineData(5, null, false, 5)]
    [InlineData(1, 3, false, null)]
    public void An_explanation_turns_when_membership_does_whatever_the_rule_alone_would_say(int? starts, int? ends, bool bought, int? turns)
    {
        var rule = bought ? Bought : $$"""{"v":1,"not":{{Bought.Replace("\"v\":1,", "", StringComparison.Ordinal)}}}""";
        var book = new RuleBook([new() { Id = 1, Slug = "lately", Name = "lately", Rule = rule, IsActive = true, StartsAt = InDays(starts), EndsAt = InDays(ends) }], []);
        var facts = VisitorFacts.Unknown with { Consents = (ConsentPurposes)15, Events = [new BehaviourFacts(BehaviourType.Purchased, Noon.AddDays(-3).AddMicroseconds(-1), 118)] };
        bool IsIn(DateTimeOffset at) => book.MembershipsOf(facts, new(at, TimeZoneInfo.Utc)).Count == 1;
        var why = MembershipExplanation.Of(book, book.Segments["lately"], facts, new(Noon, TimeZoneInfo.Utc));
        Assert.Equal((IsIn(Noon), InDays(turns)), (why.Passes, why.FlipsAt));
        Assert.Equal(why.Passes, why.NearestMiss().Count == 0);
        // Until it turns, membership is as it is now; from then on it is not.
        for (var hours = 0; hours < (turns ?? 20) * 24; hours++)
            Assert.Equal(why.Passes, IsIn(Noon.AddHours(hours)));
        if (why.FlipsAt is { } flips)
            Assert.NotEqual(why.Passes, IsIn(flips));
    }

    [Fact]
    public void A_segment_that_is_off_holds_nobody_and_time_does_not_switch_it_on()
    {
        var book = new RuleBook([new Segment { Id = 1, Slug = "lately", Name = "lately", Rule = Bought, StartsAt = Noon.AddDays(1) }], []);
        var facts = VisitorFacts.Unknown with { Consents = (ConsentPurposes)15, Events = [new BehaviourFacts(BehaviourType.Purchased, Noon.AddDays(-3).AddMicroseconds(-1), 118)] };
        var why = MembershipExplanation.Of(book, book.Segments["lately"], facts, new(Noon, TimeZoneInfo.Utc));
        Assert.Equal((false, null, "it is off"), (why.Passes, why.FlipsAt, Assert.Single(why.NearestMiss()).Actual));
    }

    private static DateTimeOffset? InDays(int? days) => days is { } d ? Noon.AddDays(d) : null;
}

using System.Globalization;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>Why a segment holds somebody, or not: its rule with foresight, and beside it whether the segment is on at all, so that the answer is always that of membership.</summary>
public static class MembershipExplanation
{
    /// <param name="segment">Any segment of the book that is sound; one that is off holds nobody.</param>
    public static RuleExplanation Of(RuleBook book, CompiledSegment segment, VisitorFacts facts, Moment at)
    {
        var rule = ByRule(book, segment, facts, at);
        if (book.Active.FirstOrDefault(s => s.Slug == segment.Key) is not { } active)
            return rule with { Passes = false, FlipsAt = null, Parts = [new("the segment switched on", "it is off", false, []), .. rule.Parts] };
        if (active is { StartsAt: null, EndsAt: null })
            return rule;
        var isOn = active.IsOn(at.AsOf);
        return rule with { Passes = isOn && rule.Passes, FlipsAt = Flip(book, active, facts, at, rule), Parts = [Schedule(active, at, isOn), .. rule.Parts] };
    }

    /// <summary>The same for a profile; what the database decided over more events than are at hand stands above parts that count those at hand.</summary>
    public static RuleExplanation Of(VisitorProfile profile, CompiledSegment segment)
    {
        var why = Of(profile.Rules, segment, profile.Facts, profile.At);
        var isIn = profile.IsIn(segment.Key);
        if (!profile.LookedUp.Contains(segment.Key) || isIn == why.Passes)
            return why;
        return why with { Passes = isIn, FlipsAt = null, Parts = [new($"the rule, asked of all that is stored (the parts below count the newest {profile.History.Events.Count:#,0} events)", isIn ? "true" : "not true", isIn, []), .. why.Parts] };
    }

    private static RuleExplanation ByRule(RuleBook book, CompiledSegment segment, VisitorFacts facts, Moment at) =>
        RuleExplanation.Foreseen(segment, book.Segments, facts, at, book.Words);

    // What the rule says before the segment begins moves nobody: it is asked again for the moment of the beginning.
    private static DateTimeOffset? Flip(RuleBook book, ActiveSegment segment, VisitorFacts facts, Moment at, RuleExplanation now)
    {
        if (at.AsOf >= segment.EndsAt)
            return null;
        var isEarly = at.AsOf < segment.StartsAt;
        var rule = isEarly ? ByRule(book, segment.Compiled, facts, at.At(segment.StartsAt!.Value)) : now;
        if (isEarly && rule.Passes)
            return segment.IsOn(segment.StartsAt!.Value) ? segment.StartsAt : null;
        var isSooner = rule.FlipsAt is { } flip && !(flip >= segment.EndsAt);
        return isSooner ? rule.FlipsAt : rule.Passes ? segment.EndsAt : null;
    }

    private static RuleExplanation Schedule(ActiveSegment segment, Moment at, bool isOn)
    {
        string Say(DateTimeOffset instant) => at.At(instant).Local.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var span = (segment.StartsAt, segment.EndsAt) switch
        {
            ({ } from, { } until) => $"from {Say(from)} until {Say(until)}",
            ({ } from, null) => $"from {Say(from)} on",
            (_, { } until) => $"until {Say(until)}",
            _ => "at any time",
        };
        var (found, turns) = isOn ? ("now", segment.EndsAt) : at.AsOf < segment.StartsAt ? ("not begun yet", segment.StartsAt) : ("over", null);
        return new($"the segment's time, {span}", found, isOn, []) { FlipsAt = turns };
    }
}

namespace PetShop.Targeting.Segments;

/// <summary>Compiles figures over a visitor's events, and sequences of two.</summary>
internal static class EventTests
{
    public static Func<Subject, bool> Compile(EventRule rule)
    {
        var figure = Figure(rule);
        return x => figure(x) is { } actual && RuleOperators.Compare(actual, rule.Operator, rule.Value);
    }

    /// <summary>The figure an event rule compares; null for the first or last of no event.</summary>
    public static Func<Subject, Int128?> Figure(EventRule rule)
    {
        var matches = Filter(rule.Events);
        var (kind, of, within) = (rule.Measure.Kind, rule.Measure.Of, rule.Within);
        return kind switch
        {
            MeasureKind.Count => x => Count(x, Start(x, within), matches),
            MeasureKind.Sum => x => Sum(x, Start(x, within), matches, of!.Read),
            MeasureKind.Distinct => x => Distinct(x, Start(x, within), matches, of!.Read),
            _ => x => Edge(x, Start(x, within), matches, kind == MeasureKind.First) is { } at ? x.At.DaysSince(at) : null,
        };
    }

    public static Func<Subject, bool> Compile(SequenceRule rule)
    {
        var (first, second, gap) = (Filter(rule.First), Filter(rule.Then), rule.Gap.Duration);
        return x =>
        {
            var start = Start(x, rule.Within);
            foreach (var opening in x.Visitor.Events)
                if (IsIn(x, opening, start) && first(x with { Event = opening })
                    && (rule.Follows ? Followed(x, opening, gap, second) : opening.OccurredAt + gap <= x.At.AsOf && !Followed(x, opening, gap, second, orNow: true)))
                    return true;
            return false;
        };
    }

    // A matured silence looks at (t, t + gap], which may end exactly now; an event that is to follow must have happened before now.
    private static bool Followed(Subject x, BehaviourFacts opening, TimeSpan gap, Func<Subject, bool> second, bool orNow = false)
    {
        foreach (var e in x.Visitor.Events)
            if (e.OccurredAt > opening.OccurredAt && e.OccurredAt <= opening.OccurredAt + gap
                && (e.OccurredAt < x.At.AsOf || orNow && e.OccurredAt == x.At.AsOf) && second(x with { Event = e }))
                return true;
        return false;
    }

    private static Func<Subject, bool> Filter(EventFilter filter)
    {
        var type = filter.Type;
        if (filter.Where is null)
            return x => x.Event!.Type == type;
        var where = RuleCompiler.Compile(filter.Where, s => throw new ArgumentException($"A filter of events cannot name the segment '{s}'."));
        return x => x.Event!.Type == type && where(x);
    }

    private static DateTimeOffset Start(Subject x, Window? within) => within is null ? DateTimeOffset.MinValue : x.At.Start(within);

    private static bool IsIn(Subject x, BehaviourFacts e, DateTimeOffset start) => e.OccurredAt >= start && e.OccurredAt < x.At.AsOf;

    private static Int128? Count(Subject x, DateTimeOffset start, Func<Subject, bool> matches)
    {
        var count = 0;
        foreach (var e in x.Visitor.Events)
            if (IsIn(x, e, start) && matches(x with { Event = e }))
                count++;
        return count;
    }

    private static Int128? Sum(Subject x, DateTimeOffset start, Func<Subject, bool> matches, Func<Subject, TraitValue> of)
    {
        Int128 sum = 0;
        foreach (var e in x.Visitor.Events)
            if (IsIn(x, e, start) && x with { Event = e } is var at && matches(at))
                sum += of(at).Number ?? 0;
        return sum;
    }

    private static Int128? Distinct(Subject x, DateTimeOffset start, Func<Subject, bool> matches, Func<Subject, TraitValue> of)
    {
        var seen = new HashSet<TraitValue>();
        foreach (var e in x.Visitor.Events)
            if (IsIn(x, e, start) && x with { Event = e } is var at && matches(at) && of(at) is { IsKnown: true } value)
                seen.Add(value);
        return seen.Count;
    }

    private static DateTimeOffset? Edge(Subject x, DateTimeOffset start, Func<Subject, bool> matches, bool first)
    {
        DateTimeOffset? edge = null;
        foreach (var e in x.Visitor.Events)
            if (IsIn(x, e, start) && matches(x with { Event = e }) && (edge is null || first == e.OccurredAt < edge))
                edge = e.OccurredAt;
        return edge;
    }
}

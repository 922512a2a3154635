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
        var events = new EventSearch(rule.Events, rule.Within);
        var (kind, of) = (rule.Measure.Kind, rule.Measure.Of);
        return kind switch
        {
            MeasureKind.Count => x => Count(x, events),
            MeasureKind.Sum => x => Sum(x, events, of!.Read),
            MeasureKind.Distinct => x => Distinct(x, events, of!.Read),
            _ => x => Edge(x, events, kind == MeasureKind.First) is { } at ? x.At.DaysSince(at) : null,
        };
    }

    public static Func<Subject, bool> Compile(SequenceRule rule)
    {
        var (openings, closings, gap) = (new EventSearch(rule.First, rule.Within), new EventSearch(rule.Then, null), rule.Gap.Duration);
        return x =>
        {
            var start = EventSearch.NotYet;
            for (var i = openings.Next(x, 0, ref start); i >= 0; i = openings.Next(x, i + 1, ref start))
            {
                var opened = x.Visitor.Events[i].OccurredAt;
                if (rule.Follows ? Followed(x, opened, opened + gap, closings) : opened + gap <= x.At.AsOf && !Followed(x, opened, opened + gap, closings, orNow: true))
                    return true;
            }
            return false;
        };
    }

    // (opened, until] may end exactly now for a matured silence; an event that is to follow must have happened before now.
    private static bool Followed(Subject x, DateTimeOffset opened, DateTimeOffset until, EventSearch closings, bool orNow = false)
    {
        for (var i = 0; i < x.Visitor.Events.Count; i++)
        {
            var e = x.Visitor.Events[i];
            if (e.OccurredAt > opened && e.OccurredAt <= until && (orNow || e.OccurredAt < x.At.AsOf) && closings.Fits(x, e))
                return true;
        }
        return false;
    }

    private static Int128? Count(Subject x, EventSearch events)
    {
        var (count, start) = (0, EventSearch.NotYet);
        for (var i = events.Next(x, 0, ref start); i >= 0; i = events.Next(x, i + 1, ref start))
            count++;
        return count;
    }

    private static Int128? Sum(Subject x, EventSearch events, Func<Subject, TraitValue> of)
    {
        Int128 sum = 0;
        var start = EventSearch.NotYet;
        for (var i = events.Next(x, 0, ref start); i >= 0; i = events.Next(x, i + 1, ref start))
            sum += of(x with { Event = x.Visitor.Events[i] }).Number ?? 0;
        return sum;
    }

    private static Int128? Distinct(Subject x, EventSearch events, Func<Subject, TraitValue> of)
    {
        HashSet<TraitValue>? seen = null;
        var start = EventSearch.NotYet;
        for (var i = events.Next(x, 0, ref start); i >= 0; i = events.Next(x, i + 1, ref start))
            if (of(x with { Event = x.Visitor.Events[i] }) is { IsKnown: true } value)
                (seen ??= []).Add(value);
        return seen?.Count ?? 0;
    }

    private static DateTimeOffset? Edge(Subject x, EventSearch events, bool first)
    {
        DateTimeOffset? edge = null;
        var start = EventSearch.NotYet;
        for (var i = events.Next(x, 0, ref start); i >= 0; i = events.Next(x, i + 1, ref start))
            if (x.Visitor.Events[i].OccurredAt is var at && (edge is null || first == at < edge))
                edge = at;
        return edge;
    }
}

/// <summary>Walks the events of one type that pass a filter in a window.</summary>
internal sealed class EventSearch(EventFilter filter, Window? within)
{
    /// <summary>The opening of the window is worked out when the first event of the type is met.</summary>
    public static readonly DateTimeOffset NotYet = DateTimeOffset.MaxValue;

    private readonly Func<Subject, bool>? _where =
        filter.Where is null ? null : RuleCompiler.Compile(filter.Where, s => throw new ArgumentException($"A filter of events cannot name the segment '{s}'."));

    /// <summary>The place of the next match at or after <paramref name="from"/>; -1 when there is none.</summary>
    public int Next(Subject x, int from, ref DateTimeOffset start)
    {
        var events = x.Visitor.Events;
        for (var i = from; i < events.Count; i++)
        {
            var e = events[i];
            if (e.Type != filter.Type || e.OccurredAt >= x.At.AsOf)
                continue;
            if (start == NotYet)
                start = within is null ? DateTimeOffset.MinValue : x.At.Start(within);
            if (e.OccurredAt >= start && Fits(x, e))
                return i;
        }
        return -1;
    }

    /// <summary>Type and filter, whatever the time.</summary>
    public bool Fits(Subject x, BehaviourFacts e) => e.Type == filter.Type && (_where is null || _where(x with { Event = e }));
}

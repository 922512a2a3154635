namespace PetShop.Targeting.Segments;

/// <summary>Foresees when time alone changes the answer of a rule: it is asked at every instant at which something that it counts can change.</summary>
/// <remarks>Events leave windows, counts of days and ages cross thresholds, silences mature; scores that jobs work out anew, visits and what people do are not foreseen.</remarks>
internal sealed class RuleForesight(SegmentSet set)
{
    /// <summary>Nothing later is looked for.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    private const int MostEvents = 400;
    private static readonly TimeSpan Step = TimeSpan.FromHours(12);

    /// <summary>The first instant at which the answer is another than now; null when there is none before the horizon.</summary>
    public DateTimeOffset? NextFlip(Rule rule, Subject x)
    {
        var test = RuleCompiler.Compile(rule, key => set[key].Tree);
        var now = test(x);
        foreach (var instant in Changes(rule, x))
            if (test(x with { At = x.At.At(instant) }) != now)
                return instant;
        return null;
    }

    /// <summary>When some leaf of the rule changes, in order.</summary>
    private SortedSet<DateTimeOffset> Changes(Rule rule, Subject x)
    {
        var changes = new SortedSet<DateTimeOffset>();
        Walk(rule, x, changes);
        return changes;
    }

    private void Walk(Rule rule, Subject x, SortedSet<DateTimeOffset> changes)
    {
        switch (rule)
        {
            case AllRule all: Walk(all.Parts, x, changes); break;
            case AnyRule any: Walk(any.Parts, x, changes); break;
            case NotRule not: Walk(not.Part, x, changes); break;
            case SegmentRule other: Walk(set[other.Segment].Rule, x, changes); break;
            case PetRule pet:
                foreach (var one in x.Visitor.Pets)
                    Walk(pet.Where, x with { Pet = one }, changes);
                break;
            case TraitRule { Trait.Clock: not null } leaf: Crossings(leaf, x, changes); break;
            case EventRule events: changes.UnionWith(Within(x, Moved(events, x))); break;
            case SequenceRule sequence: changes.UnionWith(Within(x, Moved(sequence, x))); break;
        }
    }

    private void Walk(ValueList<Rule> parts, Subject x, SortedSet<DateTimeOffset> changes)
    {
        foreach (var part in parts)
            Walk(part, x, changes);
    }

    private static IEnumerable<DateTimeOffset> Within(Subject x, IEnumerable<DateTimeOffset> instants) => instants.Where(i => i > x.At.AsOf && i <= x.At.AsOf + Horizon);

    // A trait of the clock changes once a day at most, and that day may have 23 hours, so a look every 12 hours misses none; halving finds the instant.
    private static void Crossings(TraitRule leaf, Subject x, SortedSet<DateTimeOffset> changes)
    {
        var test = TraitTests.Compile(leaf);
        bool Holds(DateTimeOffset at) => test(x with { At = x.At.At(at) });
        var (from, held) = (x.At.AsOf, test(x));
        for (var to = from + Step; to <= x.At.AsOf + Horizon; from = to, to += Step)
            if (Holds(to) != held)
            {
                changes.Add(FirstAfter(from, to, at => Holds(at) != held));
                held = !held;
            }
    }

    private static IEnumerable<DateTimeOffset> Moved(EventRule rule, Subject x)
    {
        foreach (var e in Fitting(rule.Events, x))
        {
            yield return e.AddMicroseconds(1);
            if (rule.Within is { } within)
                yield return Leaves(e, within, x.At);
            if (rule.Measure.Kind is MeasureKind.First or MeasureKind.Last && Math.Abs(rule.Value) < TraitClock.Furthest)
            {
                yield return e.AddDays(rule.Value);
                yield return e.AddDays(rule.Value + 1);
            }
        }
    }

    private static IEnumerable<DateTimeOffset> Moved(SequenceRule rule, Subject x)
    {
        foreach (var e in Fitting(rule.Then, x))
            yield return e.AddMicroseconds(1);
        foreach (var e in Fitting(rule.First, x))
        {
            yield return e.AddMicroseconds(1);
            if (rule.Within is { } within)
                yield return Leaves(e, within, x.At);
            if (!rule.Follows)
                yield return e + rule.Gap.Duration;
        }
    }

    private static IEnumerable<DateTimeOffset> Fitting(EventFilter filter, Subject x)
    {
        var search = new EventSearch(filter, null);
        return x.Visitor.Events.Where(e => search.Fits(x, e)).Select(e => e.OccurredAt).OrderDescending().Distinct().Take(MostEvents);
    }

    /// <summary>The first instant at which an event no longer stands in a window.</summary>
    internal static DateTimeOffset Leaves(DateTimeOffset e, Window within, Moment zone)
    {
        if (within.Unit is WindowUnit.Hour or WindowUnit.Day)
            return (e + within.Duration).AddMicroseconds(1);
        var about = within.Unit == WindowUnit.CalendarDay ? e.AddDays(within.Last) : e.AddMonths(within.Last);
        return FirstAfter(about.AddDays(-4), about.AddDays(4), at => zone.At(at).Start(within) > e);
    }

    // To the microsecond: PostgreSQL keeps no finer time.
    private static DateTimeOffset FirstAfter(DateTimeOffset not, DateTimeOffset yet, Func<DateTimeOffset, bool> holds)
    {
        var (low, high) = (not.UtcTicks / TimeSpan.TicksPerMicrosecond, yet.UtcTicks / TimeSpan.TicksPerMicrosecond);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = holds(At(middle)) ? (low, middle) : (middle, high);
        }
        return At(high);

        static DateTimeOffset At(long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }
}

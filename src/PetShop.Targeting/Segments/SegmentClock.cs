using System.Globalization;

namespace PetShop.Targeting.Segments;

/// <summary>Finds the shoppers whose membership may have changed between two moments though nobody did anything: events leave windows, counts of days and ages cross a threshold, silences mature, minors come of age.</summary>
/// <remarks>A superset, found by index: a membership changes only for those named here. The moments may stand in any order.</remarks>
public static class SegmentClock
{
    /// <summary>Selects their ids (shopper_id), some more than once, each with what of them may have changed (stale, as <see cref="SegmentLeaf.RestsOn"/>); null when nothing can have.</summary>
    public static SqlQuery? Crossed(IEnumerable<CompiledSegment> segments, SegmentSet set, Moment before, Moment now)
    {
        if (before.AsOf == now.AsOf)
            return null;
        var crossings = new Crossings(set, before, now);
        foreach (var segment in segments)
            crossings.Walk(segment.Rule);
        return crossings.Query();
    }

    private sealed class Crossings(SegmentSet set, Moment before, Moment now)
    {
        private readonly Dictionary<(DateTimeOffset From, DateTimeOffset To), SortedSet<short>> _events = [];
        private readonly HashSet<(ClockUnit Unit, string Column, long Count)> _traits = [];
        private readonly SqlParameters _parameters = new();

        public void Walk(Rule rule)
        {
            switch (rule)
            {
                case AllRule all: Walk(all.Parts); break;
                case AnyRule any: Walk(any.Parts); break;
                case NotRule not: Walk(not.Part); break;
                case PetRule pet: Walk(pet.Where); break;
                case SegmentRule other: Walk(set[other.Segment].Rule); break;
                case TraitRule { Trait.Clock: { } clock } leaf: Trait(clock, leaf.Value); break;
                case EventRule events: Events(events); break;
                case SequenceRule sequence: Sequence(sequence); break;
            }
        }

        public SqlQuery? Query()
        {
            var parts = _events.Select(e => $"SELECT e.shopper_id, 1 << e.type AS stale FROM events e WHERE e.occurred_at BETWEEN {_parameters.Time(e.Key.From)} AND {_parameters.Time(e.Key.To)}"
                    + $" AND e.type = ANY({_parameters.Add(e.Value.ToArray(), "smallint[]")}) AND e.shopper_id IS NOT NULL")
                .Concat(_traits.Select(Counted).OfType<string>()).Concat(ComeOfAge()).ToList();
            return parts.Count == 0 ? null : new(string.Join(" UNION ALL ", parts), _parameters.Values);
        }

        // Whatever a rule asks, its gate opens to who is an adult from this year on.
        private IEnumerable<string> ComeOfAge() => before.AdultsBornBy == now.AdultsBornBy ? [] :
        [
            $"SELECT s.id AS shopper_id, 0 AS stale FROM shoppers s WHERE s.birth_year > {_parameters.Number(Math.Min(before.AdultsBornBy, now.AdultsBornBy))} AND s.birth_year <= {_parameters.Number(Math.Max(before.AdultsBornBy, now.AdultsBornBy))}",
        ];

        private void Walk(ValueList<Rule> parts)
        {
            foreach (var part in parts)
                Walk(part);
        }

        private void Trait(TraitClock clock, RuleValue value)
        {
            foreach (var count in clock.Thresholds ?? Values(value))
                _traits.Add((clock.Unit, clock.Column, count));
            if (clock.Unit == ClockUnit.Years)
                _traits.Add((clock.Unit, clock.Column, 0));
        }

        // "Is 7" begins at 7 and ends at 8.
        private static IEnumerable<long> Values(RuleValue value) => value switch
        {
            NumberValue number => [number.Number, number.Number + 1],
            NumbersValue numbers => numbers.Numbers.SelectMany(n => (long[])[n, n + 1]),
            _ => [],
        };

        private void Events(EventRule rule)
        {
            Window(rule.Events.Type, rule.Within);
            if (rule.Measure.Kind is MeasureKind.First or MeasureKind.Last)
                foreach (var days in (long[])[rule.Value, rule.Value + 1])
                    if (days is > -TraitClock.Furthest and < TraitClock.Furthest)
                        Between(rule.Events.Type, before.AsOf.AddDays(-days), now.AsOf.AddDays(-days));
        }

        private void Sequence(SequenceRule rule)
        {
            Window(rule.First.Type, rule.Within);
            Window(rule.Then.Type, null);
            if (!rule.Follows)
                Between(rule.First.Type, before.AsOf - rule.Gap.Duration, now.AsOf - rule.Gap.Duration);
        }

        // Events of the future come in, old ones go out.
        private void Window(BehaviourType type, Window? within)
        {
            Between(type, before.AsOf, now.AsOf);
            if (within is not null)
                Between(type, before.Start(within), now.Start(within));
        }

        private void Between(BehaviourType type, DateTimeOffset one, DateTimeOffset other)
        {
            var span = one <= other ? (one, other) : (other, one);
            if (!_events.TryGetValue(span, out var types))
                _events.Add(span, types = []);
            types.Add((short)type);
        }

        private string? Counted((ClockUnit Unit, string Column, long Count) crossed)
        {
            var (unit, column, count) = crossed;
            if (count is <= -TraitClock.Furthest or >= TraitClock.Furthest)
                return null;
            var (one, other) = unit switch
            {
                ClockUnit.Days => (_parameters.Time(Earlier(before.AsOf, now.AsOf).AddDays(-count)), _parameters.Time(Later(before.AsOf, now.AsOf).AddDays(-count))),
                _ when before.Today == now.Today => (null, null),
                ClockUnit.Months => (_parameters.Date(Earlier(before.Today, now.Today).AddMonths((int)-count)), _parameters.Date(Later(before.Today, now.Today).AddMonths((int)-count))),
                ClockUnit.DaysUntil => (_parameters.Date(Earlier(before.Today, now.Today).AddDays((int)count - 1)), _parameters.Date(Later(before.Today, now.Today).AddDays((int)count))),
                _ when before.Today.Year == now.Today.Year => (null, null),
                _ => ("0", "9999"),
            };
            var source = column[..column.IndexOf('.', StringComparison.Ordinal)] switch
            {
                "s" => "s.id AS shopper_id, 0 AS stale FROM shoppers s WHERE",
                "f" => "f.shopper_id, 0 AS stale FROM shopper_features f WHERE",
                "pt" => "pt.shopper_id, 1 AS stale FROM pets pt WHERE pt.shopper_id IS NOT NULL AND",
                _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The clock of a trait counts from '{column}', which is no column of shoppers, features or pets.")),
            };
            return one is null ? null : $"SELECT {source} {column} BETWEEN {one} AND {other}";
        }

        private static T Earlier<T>(T one, T other)
            where T : IComparable<T> => one.CompareTo(other) <= 0 ? one : other;

        private static T Later<T>(T one, T other)
            where T : IComparable<T> => one.CompareTo(other) > 0 ? one : other;
    }
}

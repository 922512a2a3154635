using System.Numerics;
using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>A slow reading of rules over raw rows, straight from their definition: it shares no window, no figure and no comparison with either back end.</summary>
internal sealed class RawJudge(DateTimeOffset asOf, IReadOnlyDictionary<string, Rule> segments)
{
    private readonly RawTraits _traits = new(asOf);
    private readonly Dictionary<Window, DateTimeOffset> _opens = [];

    public bool IsMember(Rule rule, RawPerson person) => (Purposes(rule) & ~person.Agreed) == 0 && Holds(rule, new(person));

    private ConsentPurposes Purposes(Rule rule) => rule switch
    {
        AllRule all => all.Parts.Aggregate(ConsentPurposes.None, (sum, p) => sum | Purposes(p)),
        AnyRule any => any.Parts.Aggregate(ConsentPurposes.None, (sum, p) => sum | Purposes(p)),
        NotRule not => Purposes(not.Part),
        TraitRule leaf => leaf.Trait.Family == TraitFamily.Consent ? ConsentPurposes.None : ConsentPurposes.Personalisation,
        PetRule or NamedListRule or ListRule => ConsentPurposes.Personalisation,
        EventRule or SequenceRule => ConsentPurposes.Personalisation | ConsentPurposes.Analytics,
        SegmentRule other => Purposes(segments[other.Segment]),
        _ => ConsentPurposes.None,
    };

    private bool Holds(Rule rule, RawSubject x) => rule switch
    {
        AllRule all => all.Parts.All(p => Holds(p, x)),
        AnyRule any => any.Parts.Any(p => Holds(p, x)),
        NotRule not => !Holds(not.Part, x),
        TraitRule leaf => Leaf(leaf, x),
        PetRule pet => Pets(pet, x),
        EventRule e => Figure(e, x) is { } figure && Stands(figure.CompareTo(e.Value), e.Operator),
        SequenceRule s => Sequence(s, x),
        SegmentRule s => Holds(segments[s.Segment], x),
        RolloutRule r => Bucketing.Bucket(r.Salt, x.Person.Row.RolloutKey ?? x.Person.Row.Id.ToString()) < r.BasisPoints,
        ListRule list => list.Shoppers.Contains(x.Person.Row.Id),
        NamedListRule list => x.Person.Lists.Contains(list.List),
        _ => throw new ArgumentException($"No meaning for {rule}."),
    };

    private bool Pets(PetRule rule, RawSubject x)
    {
        var passing = x.Person.Living.Count(p => Holds(rule.Where, x with { Pet = p }));
        return rule.Quantifier switch
        {
            PetQuantifier.Any => passing > 0,
            PetQuantifier.None => passing == 0,
            _ => passing > 0 && passing == x.Person.Living.Length,
        };
    }

    private bool Leaf(TraitRule leaf, RawSubject x)
    {
        if (leaf.Operator == RuleOperator.InTree)
            return RawCatalogue.Path(x.Event!).Contains(((TextValue)leaf.Value).Text);
        var actual = _traits.Read(leaf.Trait, x);
        if (actual is null || leaf.Operator == RuleOperator.Known)
            return actual is not null;
        return leaf.Value switch
        {
            TextValue text when leaf.Operator == RuleOperator.Has => ((string[])actual).Contains(text.Text, StringComparer.Ordinal),
            TextValue text => Stands(string.CompareOrdinal((string)actual, text.Text), leaf.Operator),
            NumberValue number => Stands(((long)actual).CompareTo(number.Number), leaf.Operator),
            TruthValue truth => (bool)actual == truth.Truth,
            TextsValue texts => texts.Texts.Contains((string)actual) == (leaf.Operator == RuleOperator.In),
            NumbersValue numbers => numbers.Numbers.Contains((long)actual) == (leaf.Operator == RuleOperator.In),
            _ => throw new ArgumentException($"No meaning for {leaf}."),
        };
    }

    private IEnumerable<RawEvent> Matching(EventFilter filter, RawSubject x) =>
        x.Person.Events.Where(e => e.Type == (short)filter.Type && (filter.Where is null || Holds(filter.Where, x with { Event = e })));

    private bool IsIn(RawEvent e, Window? within) => e.OccurredAt < asOf && (within is null || e.OccurredAt >= Opens(within));

    private BigInteger? Figure(EventRule rule, RawSubject x)
    {
        var events = Matching(rule.Events, x).Where(e => IsIn(e, rule.Within)).ToList();
        var values = rule.Measure.Of is { } of ? events.ConvertAll(e => _traits.Read(of, x with { Event = e })).FindAll(v => v is not null) : [];
        return rule.Measure.Kind switch
        {
            MeasureKind.Count => events.Count,
            MeasureKind.Sum => values.Aggregate(BigInteger.Zero, (sum, v) => sum + (long)v!),
            MeasureKind.Distinct => values.Distinct().Count(),
            MeasureKind.First => events.Max(e => _traits.DaysSince(e.OccurredAt)),
            _ => events.Min(e => _traits.DaysSince(e.OccurredAt)),
        };
    }

    private bool Sequence(SequenceRule rule, RawSubject x)
    {
        var gap = rule.Gap.Unit == WindowUnit.Hour ? TimeSpan.FromHours(rule.Gap.Last) : TimeSpan.FromDays(rule.Gap.Last);
        var closings = Matching(rule.Then, x).Select(e => e.OccurredAt).ToList();
        return Matching(rule.First, x).Where(e => IsIn(e, rule.Within)).Select(e => e.OccurredAt).Any(a => rule.Follows
            ? closings.Any(b => b > a && b - a <= gap && b < asOf)
            : a + gap <= asOf && !closings.Any(b => b > a && b - a <= gap));
    }

    /// <summary>Where a window opens. By the clock on the wall it is the first instant at which that clock shows the hour asked for, or one after it.</summary>
    private DateTimeOffset Opens(Window window)
    {
        lock (_opens)
        {
            if (!_opens.TryGetValue(window, out var opens))
                _opens.Add(window, opens = WorkOut(window));
            return opens;
        }
    }

    private DateTimeOffset WorkOut(Window window)
    {
        if (window.Unit is WindowUnit.Hour or WindowUnit.Day)
            return asOf - window.Last * (window.Unit == WindowUnit.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1));
        var now = Wall(asOf);
        var wall = window.Unit == WindowUnit.CalendarDay ? now.AddDays(-window.Last) : now.AddMonths(-window.Last);
        var quarter = TimeSpan.FromMinutes(15);
        var about = new DateTimeOffset(wall, TimeSpan.Zero);
        var round = about.AddTicks(-(about.Ticks % quarter.Ticks));
        // Offsets and their changes are whole quarters of hours.
        return Enumerable.Range(-60, 120).SelectMany(i => (DateTimeOffset[])[about + i * quarter, round + i * quarter]).Order().First(t => Wall(t) >= wall);
    }

    private static DateTime Wall(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, FactsGen.Zone).DateTime;

    private static bool Stands(int order, RuleOperator op) => op switch
    {
        RuleOperator.Is => order == 0,
        RuleOperator.IsNot => order != 0,
        RuleOperator.Less => order < 0,
        RuleOperator.AtMost => order <= 0,
        RuleOperator.More => order > 0,
        RuleOperator.AtLeast => order >= 0,
        _ => throw new ArgumentException($"{op} does not order."),
    };
}

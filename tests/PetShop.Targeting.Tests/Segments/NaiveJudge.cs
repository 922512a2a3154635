using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

/// <summary>A third, slow reading of the rules straight from their definition: three-valued leaves folded to two, and lists instead of loops.</summary>
internal sealed class NaiveJudge(IReadOnlyDictionary<string, Rule> segments)
{
    public bool Judge(Rule rule, Subject x) => rule switch
    {
        AllRule all => !all.Parts.Any(p => !Judge(p, x)),
        AnyRule any => any.Parts.Any(p => Judge(p, x)),
        NotRule not => !Judge(not.Part, x),
        TraitRule leaf => Leaf(leaf, x) == true,
        PetRule pet => Pets(pet, x),
        EventRule e => Figure(e, x) is { } figure && Holds(figure.CompareTo(e.Value), e.Operator),
        SequenceRule s => Sequence(s, x),
        SegmentRule s => Judge(segments[s.Segment], x),
        RolloutRule r => (x.Visitor.RolloutKey ?? x.Visitor.ShopperId?.ToString()) is { } key && Bucketing.Bucket(r.Salt, key) < r.BasisPoints,
        NamedListRule list => x.Visitor.Lists.Contains(list.List),
        ListRule list => list.Shoppers.Cast<Guid?>().Contains(x.Visitor.ShopperId),
        _ => throw new ArgumentException($"No meaning for {rule}."),
    };

    private bool Pets(PetRule rule, Subject x)
    {
        var verdicts = x.Visitor.Pets.Select(p => Judge(rule.Where, x with { Pet = p })).ToList();
        return rule.Quantifier switch
        {
            PetQuantifier.Any => verdicts.Contains(true),
            PetQuantifier.None => !verdicts.Contains(true),
            _ => verdicts.Count > 0 && !verdicts.Contains(false),
        };
    }

    private static bool? Leaf(TraitRule leaf, Subject x)
    {
        object? actual = Raw(leaf.Trait, x);
        if (leaf.Operator == RuleOperator.Known)
            return actual is not null;
        if (actual is null)
            return leaf.Operator == RuleOperator.InTree ? InTree(leaf, x) : null;
        return leaf.Value switch
        {
            TextValue text when leaf.Operator == RuleOperator.InTree => InTree(leaf, x),
            TextValue text when leaf.Operator == RuleOperator.Has => ((IEnumerable<string>)actual).Contains(text.Text),
            TextValue text => Holds(string.CompareOrdinal((string)actual, text.Text), leaf.Operator),
            NumberValue number => Holds(((long)actual).CompareTo(number.Number), leaf.Operator),
            TruthValue truth => (bool)actual == truth.Truth,
            TextsValue texts => texts.Texts.Contains((string)actual) == (leaf.Operator == RuleOperator.In),
            NumbersValue numbers => numbers.Numbers.Contains((long)actual) == (leaf.Operator == RuleOperator.In),
            _ => throw new ArgumentException($"No meaning for {leaf}."),
        };
    }

    private static bool InTree(TraitRule leaf, Subject x) => x.Event!.CategoryPath?.Contains(((TextValue)leaf.Value).Text) ?? false;

    private static object? Raw(Trait trait, Subject x)
    {
        var value = trait.Read(x);
        return trait.Type switch
        {
            TraitType.Number => value.Number,
            TraitType.Truth => value.Number is { } truth ? truth == 1 : null,
            TraitType.Texts => value.Texts,
            _ => value.Text,
        };
    }

    private IEnumerable<BehaviourFacts> Matching(EventFilter filter, Window? within, Subject x) => x.Visitor.Events
        .Where(e => e.Type == filter.Type && e.OccurredAt < x.At.AsOf && (within is null || e.OccurredAt >= x.At.Start(within)))
        .Where(e => filter.Where is null || Judge(filter.Where, x with { Event = e }));

    private long? Figure(EventRule rule, Subject x)
    {
        var events = Matching(rule.Events, rule.Within, x).ToList();
        var values = events.Select(e => rule.Measure.Of is { } of ? Raw(of, x with { Event = e }) : null).Where(v => v is not null).ToList();
        var days = events.Select(e => (long)Math.Floor((x.At.AsOf - e.OccurredAt).TotalDays)).ToList();
        return rule.Measure.Kind switch
        {
            MeasureKind.Count => events.Count,
            MeasureKind.Sum => values.Sum(v => (long)v!),
            MeasureKind.Distinct => values.Distinct().Count(),
            MeasureKind.First => days.Count == 0 ? null : days.Max(),
            _ => days.Count == 0 ? null : days.Min(),
        };
    }

    private bool Sequence(SequenceRule rule, Subject x)
    {
        var gap = rule.Gap.Duration;
        var closings = x.Visitor.Events.Where(e => e.Type == rule.Then.Type && (rule.Then.Where is null || Judge(rule.Then.Where, x with { Event = e }))).ToList();
        return Matching(rule.First, rule.Within, x).Any(a => rule.Follows
            ? closings.Any(b => b.OccurredAt > a.OccurredAt && b.OccurredAt <= a.OccurredAt + gap && b.OccurredAt < x.At.AsOf)
            : a.OccurredAt + gap <= x.At.AsOf && !closings.Any(b => b.OccurredAt > a.OccurredAt && b.OccurredAt <= a.OccurredAt + gap));
    }

    private static bool Holds(int order, RuleOperator op) => op switch
    {
        RuleOperator.Is => order == 0,
        RuleOperator.IsNot => order != 0,
        RuleOperator.Less => order < 0,
        RuleOperator.AtMost => order <= 0,
        RuleOperator.More => order > 0,
        _ => order >= 0,
    };
}

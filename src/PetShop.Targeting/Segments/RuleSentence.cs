using System.Globalization;

namespace PetShop.Targeting.Segments;

/// <summary>Says a rule in plain English, exactly: "is not known to be" covers those of whom nothing is known.</summary>
public sealed class RuleSentence
{
    private readonly FigureWords _figures;

    private static readonly Dictionary<BehaviourType, (string Did, string DidNot)> Verbs = new()
    {
        [BehaviourType.ProductViewed] = ("viewed a product", "viewed no product"),
        [BehaviourType.CategoryViewed] = ("viewed a category", "viewed no category"),
        [BehaviourType.Searched] = ("made a search", "made no search"),
        [BehaviourType.CartAdded] = ("put something in the cart", "put nothing in the cart"),
        [BehaviourType.CartRemoved] = ("took something out of the cart", "took nothing out of the cart"),
        [BehaviourType.WishListed] = ("wish-listed something", "wish-listed nothing"),
        [BehaviourType.Purchased] = ("bought something", "bought nothing"),
    };

    private RuleSentence(FigureWords figures) => _figures = figures;

    /// <summary>The whole rule as one sentence.</summary>
    public static string Of(Rule rule, FigureWords figures) => new RuleSentence(figures).Whole(rule);

    /// <summary>One node as a clause that begins with "who" or "whose", or is put in brackets.</summary>
    internal static string Clause(Rule rule, FigureWords figures) => new RuleSentence(figures).Clause(rule);

    private string Whole(Rule rule) => rule switch
    {
        AllRule { Parts.Count: 0 } => "Everyone.",
        AnyRule { Parts.Count: 0 } => "Nobody.",
        AllRule all => $"Visitors {string.Join(", and ", all.Parts.Select(Clause))}.",
        AnyRule any => $"Visitors {string.Join(", or ", any.Parts.Select(Clause))}.",
        _ => $"Visitors {Clause(rule)}.",
    };

    private string Clause(Rule rule) => rule switch
    {
        AllRule { Parts.Count: 0 } => "who are anyone at all",
        AnyRule { Parts.Count: 0 } => "who are nobody",
        AllRule { Parts.Count: 1 } all => Clause(all.Parts[0]),
        AnyRule { Parts.Count: 1 } any => Clause(any.Parts[0]),
        AllRule all => $"({string.Join(" and ", all.Parts.Select(Clause))})",
        AnyRule any => $"({string.Join(" or ", any.Parts.Select(Clause))})",
        NotRule not => Opposite(not.Part),
        TraitRule leaf => $"whose {leaf.Trait.Label} {Comparison(leaf, leaf.Operator.Phrase())}",
        PetRule pet => $"who have {Pets(pet.Quantifier)} {Clause(pet.Where)}",
        EventRule events => Events(events),
        SequenceRule sequence => $"who {Did(sequence.First)}{Within(sequence.Within)} and in the {Stretch(sequence.Gap)} after that {(sequence.Follows ? Did(sequence.Then) : Did(sequence.Then, never: true))}",
        SegmentRule other => $"who are in the segment {_figures.Names.Segment(other.Segment)}",
        RolloutRule rollout => $"who are in a steady {(rollout.BasisPoints / 100m).ToString(CultureInfo.InvariantCulture)}% of all (drawn by {rollout.Salt})",
        ListRule list => list.Shoppers.Count == 1 ? "who are the one shopper listed" : $"who are among the {list.Shoppers.Count} shoppers listed",
        NamedListRule list => $"who are on the list {_figures.Names.List(list.List)}",
        _ => throw new ArgumentException($"A {rule.GetType().Name} has no sentence.", nameof(rule)),
    };

    private string Opposite(Rule rule) => rule switch
    {
        TraitRule leaf => $"whose {leaf.Trait.Label} {Comparison(leaf, Denied(leaf.Operator))}{(leaf.Operator is RuleOperator.IsNot or RuleOperator.NotIn ? " or is not known" : "")}",
        EventRule { Measure.Kind: MeasureKind.Count } e when (e.Operator, e.Value) is (RuleOperator.AtLeast, 1) or (RuleOperator.More, 0) => Events(e with { Operator = RuleOperator.Is, Value = 0 }),
        SegmentRule other => $"who are not in the segment {_figures.Names.Segment(other.Segment)}",
        NamedListRule list => $"who are not on the list {_figures.Names.List(list.List)}",
        NotRule not => Clause(not.Part),
        _ => $"who are not those {Clause(rule)}",
    };

    private static string Denied(RuleOperator op) => op switch
    {
        RuleOperator.IsNot => "is",
        RuleOperator.NotIn => "is one of",
        RuleOperator.Has => "is not known to include",
        RuleOperator.Known => "is not known",
        RuleOperator.Is => "is not known to be",
        _ => $"is not known to be{op.Phrase()[2..]}",
    };

    private string Comparison(TraitRule leaf, string phrase) => leaf.Value switch
    {
        TextValue text => $"{phrase} {_figures.Names.Value(leaf.Trait, text.Text)}",
        NumberValue number => $"{phrase} {_figures.Say(number.Number, leaf.Trait.Unit)}",
        TruthValue truth => $"{phrase} {(truth.Truth ? "yes" : "no")}",
        TextsValue texts => $"{phrase} {string.Join(", ", texts.Texts.Select(t => _figures.Names.Value(leaf.Trait, t)))}",
        NumbersValue numbers => $"{phrase} {string.Join(", ", numbers.Numbers.Select(n => leaf.Trait.Unit is FigureWords.Money or FigureWords.Weight or FigureWords.Share ? _figures.Say(n, leaf.Trait.Unit) : $"{n}"))}",
        _ => phrase,
    };

    private static string Pets(PetQuantifier quantifier) => quantifier switch
    {
        PetQuantifier.Any => "a pet",
        PetQuantifier.None => "no pet",
        _ => "pets, and only pets",
    };

    private string Did(EventFilter filter, bool never = false)
    {
        var (did, didNot) = Verbs[filter.Type];
        return (never ? didNot : did) + (filter.Where is { } where ? $" {Clause(where)}" : "");
    }

    private string Events(EventRule rule)
    {
        var within = Within(rule.Within);
        var never = rule.Measure.Kind is MeasureKind.Count or MeasureKind.Sum or MeasureKind.Distinct && HoldsOfNone(rule) ? " (or never)" : "";
        return (rule.Measure.Kind, rule.Operator, rule.Value) switch
        {
            (MeasureKind.Count, RuleOperator.Is or RuleOperator.AtMost, 0) or (MeasureKind.Count, RuleOperator.Less, 1) => $"who {Did(rule.Events, never: true)}{within}",
            (MeasureKind.Count, RuleOperator.AtLeast, 1) or (MeasureKind.Count, RuleOperator.More, 0) => $"who {Did(rule.Events)}{within}",
            (MeasureKind.Count, _, _) => $"who {Did(rule.Events)} {Figure(rule.Operator)} {(rule.Value == 1 ? "once" : $"{rule.Value} times")}{never}{within}",
            (MeasureKind.Sum, _, _) => $"who {Did(rule.Events)} {Total(rule)}{never}{within}",
            (MeasureKind.Distinct, _, _) => $"who {Did(rule.Events)} of {Figure(rule.Operator)} {rule.Value} different values of {rule.Measure.Of!.Label}{never}{within}",
            _ => $"who {(rule.Measure.Kind == MeasureKind.First ? "first" : "last")} {Did(rule.Events)} {Figure(rule.Operator)} {rule.Value} {(rule.Value == 1 ? "day" : "days")} ago{(rule.Within is null ? "" : $", counting{within}")}",
        };
    }

    private string Total(EventRule rule)
    {
        var figure = $"{(rule.Operator == RuleOperator.Less ? "less than" : Figure(rule.Operator))} {_figures.Say(rule.Value, rule.Measure.Unit)}";
        return rule.Measure.Unit == FigureWords.Money ? $"for {figure} in all" : $"with a {rule.Measure.Of!.Label} of {figure} in all";
    }

    // Who did nothing of the kind has a figure of zero, and may be meant without knowing it.
    private static bool HoldsOfNone(EventRule rule) => rule.Operator switch
    {
        RuleOperator.Is => rule.Value == 0,
        RuleOperator.IsNot => rule.Value != 0,
        RuleOperator.Less => rule.Value > 0,
        RuleOperator.AtMost => rule.Value >= 0,
        RuleOperator.More => rule.Value < 0,
        _ => rule.Value <= 0,
    };

    private static string Figure(RuleOperator op) => op switch
    {
        RuleOperator.Is => "exactly",
        RuleOperator.IsNot => "other than",
        RuleOperator.Less => "fewer than",
        RuleOperator.AtMost => "at most",
        RuleOperator.More => "more than",
        _ => "at least",
    };

    private static string Within(Window? window) => window is null ? "" : $" in the last {Stretch(window)}";

    private static string Stretch(Window window)
    {
        var unit = window.Unit == WindowUnit.CalendarDay ? "calendar day" : window.Unit.Name();
        return window.Last == 1 ? unit : $"{window.Last} {unit}s";
    }
}

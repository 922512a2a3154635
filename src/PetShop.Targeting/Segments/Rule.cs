namespace PetShop.Targeting.Segments;

/// <summary>A rule says of one visitor, at one instant, yes or no; never "unknown".</summary>
public abstract record Rule;

/// <summary>True when every part is; an empty list is everyone.</summary>
public sealed record AllRule(ValueList<Rule> Parts) : Rule;

/// <summary>True when one part is; an empty list is nobody.</summary>
public sealed record AnyRule(ValueList<Rule> Parts) : Rule;

/// <summary>The exact complement of its part: who is not known to match does match the opposite.</summary>
public sealed record NotRule(Rule Part) : Rule;

/// <summary>Compares a trait with a value; false for every operator while the trait is unknown.</summary>
public sealed record TraitRule(Trait Trait, RuleOperator Operator, RuleValue Value) : Rule;

/// <summary>Asks the living pets of the household; "all" needs at least one pet, "none" is true without any.</summary>
public sealed record PetRule(PetQuantifier Quantifier, Rule Where) : Rule;

/// <summary>Measures the events of one type that pass a filter in a window and compares the figure.</summary>
public sealed record EventRule(EventFilter Events, EventMeasure Measure, RuleOperator Operator, long Value, Window? Within) : Rule;

/// <summary>Some first event in the window that a second one follows (or, matured, does not follow) in (t, t + gap].</summary>
public sealed record SequenceRule(EventFilter First, EventFilter Then, bool Follows, Window Gap, Window? Within) : Rule;

/// <summary>True for members of another segment.</summary>
public sealed record SegmentRule(string Segment) : Rule;

/// <summary>True for a stable share of visitors, in hundredths of a percent.</summary>
public sealed record RolloutRule(int BasisPoints, string Salt) : Rule;

/// <summary>True for the shoppers named one by one.</summary>
public sealed record ListRule(ValueList<Guid> Shoppers) : Rule;

/// <summary>True for the shoppers on a list that is kept beside the rules and known by its key.</summary>
public sealed record NamedListRule(string List) : Rule;

/// <summary>Events of one type; a filter, when present, names event traits only.</summary>
public sealed record EventFilter(BehaviourType Type, Rule? Where = null);

/// <summary>Which of a household's pets must pass.</summary>
public enum PetQuantifier { Any, None, All }

/// <summary>What is measured over matching events; a trait is named by sums and distinct counts.</summary>
public sealed record EventMeasure(MeasureKind Kind, Trait? Of = null)
{
    public static EventMeasure Count { get; } = new(MeasureKind.Count);

    /// <summary>Unit of the figure, as of traits.</summary>
    public string Unit => Kind switch { MeasureKind.Sum => Of!.Unit, MeasureKind.First or MeasureKind.Last => "days", _ => "" };

    /// <summary>The traits of events that a sum or a distinct count may be of.</summary>
    public static IEnumerable<Trait> Traits(MeasureKind kind) => TraitCatalogue.In(TraitScope.Event).Where(t => kind == MeasureKind.Distinct || t is { Type: TraitType.Number } && t.Key != "product");
}

/// <summary>The measures; first and last are whole days from the first or last event to the asking instant, false without one.</summary>
public enum MeasureKind { Count, Sum, Distinct, First, Last }

/// <summary>What a shopper did; the numbers are those stored with events.</summary>
public enum BehaviourType
{
    ProductViewed = 1, CategoryViewed = 2, Searched = 3, CartAdded = 4, CartRemoved = 5, WishListed = 6, Purchased = 7,
}

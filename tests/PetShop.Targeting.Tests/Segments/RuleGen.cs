using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

/// <summary>Well-typed rules over a vocabulary so small that rules and facts often meet.</summary>
public static class RuleGen
{
    public static readonly string[] Slugs = ["dog-food", "dog", "dry-dog-food", "cat", "cat-litter"];

    public static Gen<Window> Windows { get; } =
        from unit in Gen.Elements(Enum.GetValues<WindowUnit>())
        from last in Gen.Choose(1, 9)
        select new Window(last, unit);

    public static Gen<EventFilter> Filters { get; } =
        from type in Gen.Elements(Enum.GetValues<BehaviourType>())
        from filter in Optional(Tree(1, Trait([.. TraitCatalogue.In(TraitScope.Event)]), TraitScope.Event))
        select new EventFilter(type, filter);

    /// <summary>One thing after another, or not after it.</summary>
    public static Gen<Rule> Sequences { get; } =
        from first in Filters
        from second in Filters
        from follows in Gen.Elements(true, false)
        from gap in Gen.Elements(new Window(1, WindowUnit.Hour), new Window(24, WindowUnit.Hour), new Window(2, WindowUnit.Day))
        from within in Optional(Windows)
        select (Rule)new SequenceRule(first, second, follows, gap, within);

    /// <summary>Rules that any of the back ends can decide, but for segments, which the caller may not have.</summary>
    public static Gen<Rule> Stored { get; } = Tree(3, Leaf(live: false), TraitScope.Shopper);

    /// <summary>The same, referring to the segments of <see cref="Props.Referred"/> as well.</summary>
    public static Gen<Rule> Referring { get; } = Tree(3, Gen.Frequency((8, Leaf(live: false)), (1, Referred())), TraitScope.Shopper);

    /// <summary>Rules of every kind.</summary>
    public static Gen<Rule> Any { get; } = Tree(3, Gen.OneOf(Leaf(live: true), Referred()), TraitScope.Shopper);

    private static Gen<Rule> Tree(int depth, Gen<Rule> leaf, TraitScope scope)
    {
        if (depth == 0)
            return leaf;
        var below = Tree(depth - 1, leaf, scope);
        var parts = from n in Gen.Choose(0, 3) from list in below.ListOf(n) select list.ToValueList();
        return Gen.Frequency(
            (4, leaf),
            (2, parts.Select(Rule (p) => new AllRule(p))),
            (2, parts.Select(Rule (p) => new AnyRule(p))),
            (2, below.Select(Rule (p) => new NotRule(p))));
    }

    private static Gen<Rule> Leaf(bool live)
    {
        var outer = TraitCatalogue.All.Where(t => t.Scope == TraitScope.Shopper || live && t.Scope == TraitScope.Visit).ToArray();
        var pets = from quantifier in Gen.Elements(Enum.GetValues<PetQuantifier>())
                   from filter in Tree(1, Trait([.. TraitCatalogue.In(TraitScope.Pet)]), TraitScope.Pet)
                   select (Rule)new PetRule(quantifier, filter);
        return Gen.Frequency((4, Trait(outer)), (2, pets), (4, Events()), (2, Sequences), (1, Rollouts()), (1, Lists()));
    }

    private static Gen<Rule> Referred() => Gen.Elements("vip", "größe", "new pups").Select(Rule (s) => new SegmentRule(s));

    /// <summary>One comparison of one trait by one operator.</summary>
    public static Gen<Rule> Comparison(Trait trait, RuleOperator op) => Value(trait, op).Select(Rule (value) => new TraitRule(trait, op, value));

    private static Gen<Rule> Trait(Trait[] traits) =>
        from trait in Gen.Elements(traits)
        from op in Gen.Elements<RuleOperator>(trait.Operators)
        from leaf in Comparison(trait, op)
        select leaf;

    /// <summary>A comparison of one trait by one operator.</summary>
    public static Gen<Rule> Leaf(Trait trait, RuleOperator op) => Value(trait, op).Select(Rule (v) => new TraitRule(trait, op, v));

    private static Gen<RuleValue> Value(Trait trait, RuleOperator op) => (trait.Type, op) switch
    {
        (_, RuleOperator.Known) => Gen.Constant<RuleValue>(NoValue.Instance),
        (TraitType.Number, RuleOperator.In or RuleOperator.NotIn) =>
            from n in Gen.Choose(1, 3) from list in Number(trait).ListOf(n) select (RuleValue)new NumbersValue(list.ToValueList()),
        (_, RuleOperator.In or RuleOperator.NotIn) =>
            from n in Gen.Choose(1, 3) from list in Text(trait).ListOf(n) select (RuleValue)new TextsValue(list.ToValueList()),
        (TraitType.Number, _) => Number(trait).Select(RuleValue (n) => new NumberValue(n)),
        (TraitType.Truth, _) => Gen.Elements(true, false).Select(RuleValue (t) => new TruthValue(t)),
        _ => Text(trait).Select(RuleValue (t) => new TextValue(t)),
    };

    public static Gen<string> Text(Trait trait) =>
        trait.Key == "category" ? Gen.Elements(Slugs)
        : trait.Choices.Count > 0 ? Gen.Elements<string>(trait.Choices)
        : Gen.Elements(trait.Example, "zz", "ключ, größe").Select(trait.Spelled);

    public static Gen<long> Number(Trait trait)
    {
        var example = long.Parse(trait.Example);
        return Gen.Frequency((20, Gen.Elements(0, 1, 2, 7, example - 1, example, example + 1)), (1, Gen.Elements(-1, 23_999, 24_000, -24_000, long.MinValue, long.MaxValue)));
    }

    private static Gen<Rule> Events() =>
        from kind in Gen.Elements(Enum.GetValues<MeasureKind>())
        from op in Gen.Elements<RuleOperator>(RuleOperators.ForMeasures)
        from rule in Figure(kind, op)
        select rule;

    /// <summary>One figure over events, held against a number by one operator.</summary>
    public static Gen<Rule> Figure(MeasureKind kind, RuleOperator op) =>
        from events in Filters
        from of in Gen.Elements(TraitCatalogue.In(TraitScope.Event).Where(t => kind == MeasureKind.Distinct || t.Key is "value_minor" or "quantity").ToArray())
        from value in Gen.Elements(0L, 1, 2, 3, 2500)
        from within in Optional(Windows)
        select (Rule)new EventRule(events, new EventMeasure(kind, kind is MeasureKind.Sum or MeasureKind.Distinct ? of : null), op, value, within);

    private static Gen<Rule> Rollouts() =>
        from share in Gen.Choose(0, 10_000) from salt in Gen.Elements("seg:a", "exp:größe") select (Rule)new RolloutRule(share, salt);

    private static Gen<Rule> Lists() => Gen.OneOf(
        from n in Gen.Choose(1, 3) from ids in FactsGen.Shoppers.ListOf(n) select (Rule)new ListRule(ids.ToValueList()),
        Gen.Elements(FactsGen.Lists).Select(Rule (key) => new NamedListRule(key)));

    private static Gen<T?> Optional<T>(Gen<T> gen)
        where T : class => Gen.Frequency((1, Gen.Constant<T?>(null)), (3, gen.Select(T? (x) => x)));
}

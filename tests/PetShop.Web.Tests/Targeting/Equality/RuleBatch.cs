using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>What two rules must say of the same person: the same, or the second is true wherever the first is.</summary>
internal sealed record RuleLaw(string Name, int Left, int Right, bool IsImplied = false);

/// <summary>The rules asked of one world: single comparisons in turn, random trees, and pairs that obey a law.</summary>
internal sealed class RuleBatch
{
    private const int Pairs = 6;
    private readonly List<Rule> _rules = [];

    /// <param name="share">Which of <paramref name="shares"/> worlds this is: together they hold every comparison.</param>
    public RuleBatch(int seed, int trees, int share, int shares)
    {
        Singles = [.. EveryComparison().Concat(EveryFigure()).Where((_, i) => i % shares == share % shares).Select((gen, i) => Draw(gen, seed + i))];
        _rules.AddRange(Singles);
        var random = RuleGen.Referring.Sample(trees, new Rnd((ulong)seed), 50).ToList();
        Assert.Equal(trees, random.Count);
        _rules.AddRange(random);
        Laws = [.. Enumerable.Range(0, Math.Min(Pairs, trees / 2)).SelectMany(i => LawsOf(random[2 * i], random[2 * i + 1], seed + i))];
    }

    public IReadOnlyList<Rule> Rules => _rules;
    public IReadOnlyList<Rule> Singles { get; }
    public IReadOnlyList<RuleLaw> Laws { get; }

    /// <summary>Every stored trait by every operator it takes.</summary>
    public static IEnumerable<(Trait Trait, RuleOperator Operator)> Comparisons =>
        TraitCatalogue.All.Where(t => t.Scope != TraitScope.Visit).SelectMany(t => t.Operators.Select(op => (t, op)));

    private static IEnumerable<Gen<Rule>> EveryComparison() => Comparisons.Select(c => c.Trait.Scope switch
    {
        TraitScope.Pet => from quantifier in Gen.Elements(Enum.GetValues<PetQuantifier>()) from leaf in RuleGen.Comparison(c.Trait, c.Operator) select (Rule)new PetRule(quantifier, leaf),
        TraitScope.Event => from type in Gen.Elements(Enum.GetValues<BehaviourType>())
                            from leaf in RuleGen.Comparison(c.Trait, c.Operator)
                            select (Rule)new EventRule(new(type, leaf), EventMeasure.Count, RuleOperator.AtLeast, 1, null),
        _ => RuleGen.Comparison(c.Trait, c.Operator),
    });

    private static IEnumerable<Gen<Rule>> EveryFigure() => Enum.GetValues<MeasureKind>().SelectMany(kind => RuleOperators.ForMeasures.Select(op => RuleGen.Figure(kind, op)));

    private IEnumerable<RuleLaw> LawsOf(Rule a, Rule b, int seed)
    {
        yield return new("De Morgan, not all", Add(new NotRule(new AllRule([a, b]))), Add(new AnyRule([new NotRule(a), new NotRule(b)])));
        yield return new("De Morgan, not any", Add(new NotRule(new AnyRule([a, b]))), Add(new AllRule([new NotRule(a), new NotRule(b)])));
        yield return new("two nots cancel", Add(new NotRule(new NotRule(a))), Add(a));
        yield return new("the order of parts does not matter, all", Add(new AllRule([a, b])), Add(new AllRule([b, a])));
        yield return new("the order of parts does not matter, any", Add(new AnyRule([a, b])), Add(new AnyRule([b, a])));
        var (filter, window) = (Draw(RuleGen.Filters, seed), Draw(RuleGen.Windows, seed));
        var narrow = new EventRule(filter, EventMeasure.Count, RuleOperator.AtLeast, 1 + seed % 2, window);
        yield return new("a wider window never loses an at least", Add(narrow), Add(narrow with { Within = window with { Last = window.Last + 1 + seed % 3 } }), IsImplied: true);
    }

    private int Add(Rule rule)
    {
        _rules.Add(rule);
        return _rules.Count - 1;
    }

    private static T Draw<T>(Gen<T> gen, int seed) => gen.Sample(1, new Rnd((ulong)seed), 50).Single();
}

using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>What is asked of everyone about one rule, so that its funnel, its clauses and its gaps can be told from one scan.</summary>
internal sealed class RuleQuestions
{
    private const int MostParts = 24;
    private const int MostTraits = 16;
    private readonly List<Rule> _asked = [];
    private readonly long _gate;
    private readonly long _whole;
    private readonly bool _isAny;
    private readonly List<Part> _parts = [];
    private readonly List<(Trait Trait, long Bit)> _unknown = [];
    private readonly long _saved;
    private readonly FigureWords _words;

    /// <param name="saved">The rule it would take the place of; null for none.</param>
    /// <param name="words">How its parts are said.</param>
    public RuleQuestions(CompiledSegment draft, Rule? saved, FigureWords words)
    {
        _words = words;
        Purposes = draft.Needs.Purposes;
        _gate = Ask(Gate(Purposes));
        _whole = Ask(draft.Rule);
        _isAny = draft.Rule is AnyRule;
        _parts = PartsOf(draft.Rule);
        _unknown = [.. Compared(draft.Rule).Distinct().Where(t => t is { IsLiveOnly: false, Scope: TraitScope.Shopper, Type: not TraitType.Truth }).Take(MostTraits)
            .Select(t => (t, Ask(new NotRule(new TraitRule(t, RuleOperator.Known, NoValue.Instance)))))];
        _saved = saved is null ? 0 : Ask(saved);
    }

    public IReadOnlyList<Rule> Asked => _asked;
    public ConsentPurposes Purposes { get; }
    public long Whole => _whole;
    public long Saved => _saved;

    public IReadOnlyList<RulePreview.Step> Funnel(PatternTable table)
    {
        if (_parts.Count == 0)
            return [];
        var steps = new List<RulePreview.Step> { new("All shoppers", table.Total) };
        if (Purposes != ConsentPurposes.None)
            steps.Add(new("Have agreed to what the rule uses", table.Count(_gate)));
        return [.. steps, .. _isAny ? Ways(table) : Narrowing(table)];
    }

    /// <summary>Traits that are compared though often nothing is known, with the share of those asked of whom nothing is.</summary>
    public IEnumerable<(Trait Trait, double Share)> Gaps(PatternTable table) =>
        table.Count(_gate) is > 0 and var asked ? _unknown.Select(u => (u.Trait, (double)table.Count(_gate | u.Bit) / asked)) : [];

    /// <summary>Share of the shoppers who have not agreed to what the rule uses.</summary>
    public double Refused(PatternTable table) => table.Total == 0 ? 0 : 1 - (double)table.Count(_gate) / table.Total;

    // What does not fit one by one is asked together; whatever room is left takes the parts of nested groups.
    private List<Part> PartsOf(Rule whole)
    {
        var all = whole switch { AllRule { Parts.Count: > 1 } every => every.Parts, AnyRule { Parts.Count: > 1 } some => some.Parts, _ => [] };
        var alone = all.Count <= MostParts ? all.Count : MostParts - 1;
        var parts = all.Take(alone).Select(p => new Part(RuleSentence.Of(p, _words), Ask(p), p)).ToList();
        if (all.Skip(alone).ToValueList() is { Count: > 0 } rest)
            parts.Add(new($"The other {rest.Count} parts together.", Ask(_isAny ? new AnyRule(rest) : new AllRule(rest)), new AllRule([])));
        var room = MostParts - parts.Count;
        foreach (var part in parts)
        {
            var (inner, areWays) = Inner(part.Rule);
            if (inner.Count < 2 || inner.Count > room)
                continue;
            room -= inner.Count;
            part.AreWays = areWays;
            part.Within.AddRange(inner.Select(i => (RuleSentence.Of(i, _words), Ask(i))));
        }
        return parts;
    }

    /// <summary>The parts of a nested group, and whether one of them suffices.</summary>
    private static (ValueList<Rule> Parts, bool AreWays) Inner(Rule rule) => rule switch
    {
        AnyRule any => (any.Parts, true),
        AllRule all => (all.Parts, false),
        NotRule { Part: AnyRule any } => (any.Parts.Select(p => (Rule)new NotRule(p)).ToValueList(), false),
        _ => ([], false),
    };

    private IEnumerable<RulePreview.Step> Narrowing(PatternTable table)
    {
        var (passed, all) = (0L, _parts.Aggregate(0L, (bits, p) => bits | p.Bit));
        foreach (var part in _parts)
        {
            var before = passed;
            yield return new(part.Clause, table.Count(passed |= part.Bit)) { Change = table.Count(all & ~part.Bit, none: part.Bit) };
            foreach (var step in Within(part, before, table))
                yield return step;
        }
    }

    private IEnumerable<RulePreview.Step> Ways(PatternTable table)
    {
        var all = _parts.Aggregate(0L, (bits, p) => bits | p.Bit);
        foreach (var part in _parts)
        {
            yield return new(part.Clause, table.Count(part.Bit | _gate)) { Change = -table.Count(part.Bit | _gate, none: all & ~part.Bit) };
            foreach (var step in Within(part, _gate, table))
                yield return step;
        }
    }

    private static IEnumerable<RulePreview.Step> Within(Part part, long before, PatternTable table)
    {
        foreach (var (clause, bit) in part.Within)
        {
            yield return new(clause, table.Count(before | bit)) { IsWithin = true };
            before |= part.AreWays ? 0 : bit;
        }
    }

    /// <summary>One part of the rule, or several that are asked together.</summary>
    private sealed record Part(string Clause, long Bit, Rule Rule)
    {
        /// <summary>The parts of a group, where there is room to ask them.</summary>
        public List<(string Clause, long Bit)> Within { get; } = [];

        /// <summary>One of those within suffices.</summary>
        public bool AreWays { get; set; }
    }

    private long Ask(Rule rule)
    {
        _asked.Add(rule);
        return 1L << (_asked.Count - 1);
    }

    /// <summary>True of exactly those who agreed to these purposes.</summary>
    private static AllRule Gate(ConsentPurposes purposes)
    {
        var parts = new List<Rule>();
        // True of everyone, behind the gate of a trait that is personal.
        if (purposes.HasFlag(ConsentPurposes.Personalisation))
            parts.Add(new AnyRule([new AllRule([]), new TraitRule(TraitCatalogue.Get("orders.count"), RuleOperator.Known, NoValue.Instance)]));
        foreach (var (purpose, trait) in new[] { (ConsentPurposes.Analytics, "consent.analytics"), (ConsentPurposes.Email, "consent.email"), (ConsentPurposes.Prices, "consent.prices") })
            if (purposes.HasFlag(purpose))
                parts.Add(new TraitRule(TraitCatalogue.Get(trait), RuleOperator.Is, new TruthValue(true)));
        return new([.. parts]);
    }

    // Whom a comparison passes over because nothing is known; the opposite of one takes them in.
    private static IEnumerable<Trait> Compared(Rule rule) => rule switch
    {
        AllRule all => all.Parts.SelectMany(Compared),
        AnyRule any => any.Parts.SelectMany(Compared),
        TraitRule { Operator: not RuleOperator.Known } leaf => [leaf.Trait],
        _ => [],
    };
}

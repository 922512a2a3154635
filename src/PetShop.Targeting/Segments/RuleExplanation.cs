using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Segments;

/// <summary>One line of "why in, why not": what was needed, what was found, and whether that passes.</summary>
/// <param name="Needed">The node as a clause.</param>
/// <param name="Actual">What is known of the visitor; empty for groups, whose parts tell.</param>
/// <param name="Passes">Whether the node is true for the visitor.</param>
/// <param name="Parts">The nodes below, or the pets one by one.</param>
public sealed record RuleExplanation(string Needed, string Actual, bool Passes, IReadOnlyList<RuleExplanation> Parts)
{
    /// <summary>Explains a segment for one visitor; the root passes exactly when the segment matches.</summary>
    public static RuleExplanation Of(CompiledSegment segment, SegmentSet set, VisitorFacts visitor, Moment at)
    {
        var tree = new RuleExplainer(set).Explain(segment.Rule, new Subject(visitor, at));
        var gate = Gate(segment.Needs.Purposes, visitor).ToList();
        return new(RuleSentence.Of(segment.Rule), "", tree.Passes && gate.TrueForAll(g => g.Passes), [.. gate, tree]);
    }

    /// <summary>The leaves that stand in the way, the shortest way to "why not"; empty when the rule passes.</summary>
    public IEnumerable<RuleExplanation> Obstacles() =>
        Passes ? [] : Actual.Length > 0 || Parts.All(p => p.Passes) ? [this] : Parts.Where(p => !p.Passes).SelectMany(p => p.Obstacles());

    private static IEnumerable<RuleExplanation> Gate(ConsentPurposes purposes, VisitorFacts visitor)
    {
        foreach (var purpose in Enum.GetValues<ConsentPurposes>().Where(p => p != ConsentPurposes.None && purposes.HasFlag(p)))
        {
            var agreed = visitor.Consents.HasFlag(purpose);
            yield return new($"who agreed to {purpose.ToString().ToLowerInvariant()}", agreed ? "agreed" : "has not agreed", agreed, []);
        }
    }
}

/// <summary>Walks a rule beside the facts.</summary>
internal sealed class RuleExplainer(SegmentSet set)
{
    public RuleExplanation Explain(Rule rule, Subject x)
    {
        var needed = RuleSentence.Clause(rule);
        switch (rule)
        {
            case AllRule all:
                var each = all.Parts.Select(p => Explain(p, x)).ToList();
                return new(all.Parts.Count == 0 ? needed : "all of these", "", each.TrueForAll(p => p.Passes), each);
            case AnyRule any:
                var some = any.Parts.Select(p => Explain(p, x)).ToList();
                return new(any.Parts.Count == 0 ? needed : "any of these", "", some.Exists(p => p.Passes), some);
            case NotRule not:
                var part = Explain(not.Part, x);
                return part.Parts.Count == 0 ? new(needed, part.Actual, !part.Passes, []) : new("not this", "", !part.Passes, [part]);
            case SegmentRule other:
                var inner = Explain(set[other.Segment].Rule, x);
                return new(needed, inner.Passes ? "a member" : "no member", inner.Passes, [inner]);
            case PetRule pet:
                return Pets(pet, needed, x);
            default:
                return new(needed, Actual(rule, x), RuleCompiler.Compile(rule, key => set[key].Tree)(x), []);
        }
    }

    private RuleExplanation Pets(PetRule rule, string needed, Subject x)
    {
        var passes = RuleCompiler.Compile(rule, key => set[key].Tree)(x);
        var pets = x.Visitor.Pets.Select((pet, i) =>
        {
            var where = Explain(rule.Where, x with { Pet = pet });
            return where with { Needed = $"{pet.Name ?? $"Pet {i + 1}"}: {where.Needed}" };
        }).ToList();
        return new(needed, pets.Count == 0 ? "no pets" : $"{pets.Count(p => p.Passes)} of {pets.Count} pets", passes, pets);
    }

    private static string Actual(Rule rule, Subject x) => rule switch
    {
        TraitRule leaf => Say(leaf.Trait, leaf.Trait.Read(x)),
        EventRule events => EventTests.Figure(events)(x) is { } figure
            ? events.Measure.Kind is MeasureKind.First or MeasureKind.Last ? $"{figure} days ago" : $"{figure}" : "never",
        RolloutRule rollout => (x.Visitor.RolloutKey ?? x.Visitor.ShopperId?.ToString()) is { } key
            ? $"bucket {Bucketing.Bucket(rollout.Salt, key)}, needed under {rollout.BasisPoints}" : "no key yet",
        NamedListRule list => x.Visitor.ShopperId is null ? "not signed in" : TraitTests.Contains(x.Visitor.Lists, list.List) ? "on the list" : "not on the list",
        ListRule => x.Visitor.ShopperId?.ToString() ?? "not signed in",
        _ => "",
    };

    private static string Say(Trait trait, TraitValue value) => value switch
    {
        { IsKnown: false } => "not known",
        { Text: { } text } => text,
        { Texts: { } texts } => string.Join(", ", texts),
        { Number: var number } when trait.Type == TraitType.Truth => number == 1 ? "yes" : "no",
        { Number: var number } => trait.Unit.Length == 0 ? $"{number}" : $"{number} {trait.Unit}",
    };
}

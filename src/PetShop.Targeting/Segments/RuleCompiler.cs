using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Segments;

/// <summary>Turns a rule into nested closures once, so that asking a visitor costs no tree walk, no reflection and next to no memory.</summary>
internal static class RuleCompiler
{
    /// <param name="rule">A rule, or the "where" of one.</param>
    /// <param name="segment">Gives the compiled tree of a segment referred to.</param>
    public static Func<Subject, bool> Compile(Rule rule, Func<string, Func<Subject, bool>> segment) => rule switch
    {
        AllRule all => All(all.Parts.Select(p => Compile(p, segment)).ToArray()),
        AnyRule any => Any(any.Parts.Select(p => Compile(p, segment)).ToArray()),
        NotRule not => Not(Compile(not.Part, segment)),
        TraitRule leaf => TraitTests.Compile(leaf),
        PetRule pet => Pets(pet.Quantifier, Compile(pet.Where, segment)),
        EventRule events => EventTests.Compile(events),
        SequenceRule sequence => EventTests.Compile(sequence),
        SegmentRule other => segment(other.Segment),
        RolloutRule rollout => x => InRollout(rollout, x.Visitor),
        ListRule list => Listed(list.Shoppers.ToHashSet()),
        NamedListRule list => x => TraitTests.Contains(x.Visitor.Lists, list.List),
        _ => throw new ArgumentException($"A {rule.GetType().Name} cannot be evaluated.", nameof(rule)),
    };

    internal static bool InRollout(RolloutRule rollout, VisitorFacts visitor) =>
        (visitor.RolloutKey ?? visitor.ShopperId?.ToString()) is { } key && Bucketing.Bucket(rollout.Salt, key) < rollout.BasisPoints;

    private static Func<Subject, bool> All(Func<Subject, bool>[] parts) => x =>
    {
        foreach (var part in parts)
            if (!part(x))
                return false;
        return true;
    };

    private static Func<Subject, bool> Any(Func<Subject, bool>[] parts) => x =>
    {
        foreach (var part in parts)
            if (part(x))
                return true;
        return false;
    };

    private static Func<Subject, bool> Not(Func<Subject, bool> part) => x => !part(x);

    private static Func<Subject, bool> Listed(HashSet<Guid> shoppers) => x => x.Visitor.ShopperId is { } id && shoppers.Contains(id);

    private static Func<Subject, bool> Pets(PetQuantifier quantifier, Func<Subject, bool> where) => x =>
    {
        var passing = 0;
        for (var i = 0; i < x.Visitor.Pets.Count; i++)
            if (where(x with { Pet = x.Visitor.Pets[i] }))
                passing++;
        return quantifier switch
        {
            PetQuantifier.Any => passing > 0,
            PetQuantifier.None => passing == 0,
            _ => passing > 0 && passing == x.Visitor.Pets.Count,
        };
    };
}

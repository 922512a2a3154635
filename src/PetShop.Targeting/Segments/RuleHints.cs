namespace PetShop.Targeting.Segments;

/// <summary>Finds what can be told of a rule without asking anyone: that nobody can match it, or that everyone does.</summary>
public static class RuleHints
{
    /// <summary>Why nobody can ever match, in a sentence; null when nothing stands against it.</summary>
    public static string? Impossible(Rule rule, FigureWords figures) => rule switch
    {
        AnyRule { Parts.Count: 0 } => "Nobody can match: an empty \"any\" holds nobody. Add a row to it.",
        AnyRule any when any.Parts.All(p => Impossible(p, figures) is not null) => Impossible(any.Parts[0], figures),
        NotRule { Part: AllRule { Parts.Count: 0 } } => "Nobody can match: it asks for the opposite of everyone.",
        PetRule { Quantifier: not PetQuantifier.None } pet => Impossible(pet.Where, figures),
        AllRule all => all.Parts.Select(p => Impossible(p, figures)).FirstOrDefault(p => p is not null) ?? RuleContradictions.Of(all, figures),
        EventRule { Events.Where: { } where, Operator: RuleOperator.AtLeast or RuleOperator.More or RuleOperator.Is, Value: > 0 } => Impossible(where, figures),
        TraitRule { Trait.Key: ShopperTraits.AgeBandKey, Operator: RuleOperator.Is, Value: TextValue { Text: ShopperTraits.UnderAge } } =>
            "Nobody can match: who may be under 18 is in no segment that uses personal data. Choose another age band.",
        RolloutRule { BasisPoints: 0 } => "Nobody can match: the share is 0 %.",
        _ => null,
    };

    /// <summary>Ways into an "any" that nobody can take though others may, each in a sentence.</summary>
    public static IEnumerable<string> DeadEnds(Rule rule, FigureWords figures) => rule switch
    {
        AllRule all => all.Parts.SelectMany(p => DeadEnds(p, figures)),
        AnyRule any => any.Parts.Select(p => Impossible(p, figures)).Any(p => p is null) ? any.Parts.Select(p => Impossible(p, figures)).OfType<string>().Select(p => $"One way in is closed. {p}").Concat(any.Parts.SelectMany(p => DeadEnds(p, figures))) : [],
        PetRule pet => DeadEnds(pet.Where, figures),
        _ => [],
    };

    /// <summary>Whether the rule is true of everyone, whatever is known of them.</summary>
    public static bool IsEveryone(Rule rule) => rule switch
    {
        AllRule all => all.Parts.All(IsEveryone),
        AnyRule any => any.Parts.Any(IsEveryone),
        RolloutRule rollout => rollout.BasisPoints >= 10_000,
        _ => false,
    };
}

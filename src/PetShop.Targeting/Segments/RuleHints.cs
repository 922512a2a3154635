namespace PetShop.Targeting.Segments;

/// <summary>Finds what can be told of a rule without asking anyone: that nobody can match it, or that everyone does.</summary>
public static class RuleHints
{
    /// <summary>Why nobody can ever match, in a sentence; null when nothing stands against it.</summary>
    public static string? Impossible(Rule rule) => rule switch
    {
        AnyRule { Parts.Count: 0 } => "Nobody can match: an empty \"any\" holds nobody. Add a row to it.",
        AnyRule any when any.Parts.All(p => Impossible(p) is not null) => Impossible(any.Parts[0]),
        NotRule { Part: AllRule { Parts.Count: 0 } } => "Nobody can match: it asks for the opposite of everyone.",
        PetRule { Quantifier: not PetQuantifier.None } pet => Impossible(pet.Where),
        AllRule all => all.Parts.Select(Impossible).FirstOrDefault(p => p is not null) ?? Clash(all),
        RolloutRule { BasisPoints: 0 } => "Nobody can match: the share is 0 %.",
        _ => null,
    };

    /// <summary>Whether the rule is true of everyone, whatever is known of them.</summary>
    public static bool IsEveryone(Rule rule) => rule switch
    {
        AllRule all => all.Parts.All(IsEveryone),
        AnyRule any => any.Parts.Any(IsEveryone),
        RolloutRule rollout => rollout.BasisPoints >= 10_000,
        _ => false,
    };

    private static string? Clash(AllRule all)
    {
        foreach (var leaves in all.Parts.OfType<TraitRule>().GroupBy(t => t.Trait).Where(g => g.Count() > 1))
        {
            var clauses = string.Join(" and ", leaves.Select(l => RuleSentence.Clause(l)));
            if (leaves.Key.Type == TraitType.Number && !Overlap(leaves))
                return $"Nobody can match: {clauses}. Take one of them out, or put both into an \"any\".";
            var texts = leaves.Where(l => l.Operator == RuleOperator.Is).Select(l => l.Value).Distinct().Count();
            if (leaves.Key.Type == TraitType.Text && texts > 1)
                return $"Nobody can match: {clauses}. Put them into an \"any\", or use \"is one of\".";
        }
        return null;
    }

    private static bool Overlap(IEnumerable<TraitRule> leaves)
    {
        var (low, high) = (Int128.MinValue, Int128.MaxValue);
        foreach (var leaf in leaves)
            if (leaf.Value is NumberValue { Number: var number })
                (low, high) = leaf.Operator switch
                {
                    RuleOperator.Is => (Int128.Max(low, number), Int128.Min(high, number)),
                    RuleOperator.AtLeast => (Int128.Max(low, number), high),
                    RuleOperator.More => (Int128.Max(low, (Int128)number + 1), high),
                    RuleOperator.AtMost => (low, Int128.Min(high, number)),
                    RuleOperator.Less => (low, Int128.Min(high, (Int128)number - 1)),
                    _ => (low, high),
                };
        return low <= high;
    }
}

namespace PetShop.Targeting.Segments;

/// <summary>Finds parts of one "all" that nobody passes together: bounds that leave nothing between them, and a part beside its own opposite.</summary>
internal static class RuleContradictions
{
    /// <summary>The contradiction with its mend, in a sentence; null when there is none.</summary>
    public static string? Of(AllRule all, FigureWords figures)
    {
        var parts = Flat(all).ToList();
        return Opposites(parts, figures) ?? OfPets(parts, figures) ?? Asked(parts).GroupBy(a => a.Of).Select(g => Clash([.. g], figures)).FirstOrDefault(c => c is not null);
    }

    // Nested "all" and "none of these" ask the same of the same visitor.
    private static IEnumerable<Rule> Flat(Rule rule) => rule switch
    {
        AllRule all => all.Parts.SelectMany(Flat),
        AnyRule { Parts.Count: 1 } one => Flat(one.Parts[0]),
        NotRule { Part: AnyRule { Parts.Count: > 0 } any } => any.Parts.SelectMany(p => Flat(new NotRule(p))),
        NotRule { Part: AllRule { Parts.Count: 1 } one } => Flat(new NotRule(one.Parts[0])),
        NotRule { Part: NotRule twice } => Flat(twice.Part),
        _ => [rule],
    };

    private static string? Opposites(List<Rule> parts, FigureWords figures)
    {
        var asked = parts.ToHashSet();
        return parts.OfType<NotRule>().FirstOrDefault(n => asked.Contains(n.Part)) is { } no
            ? $"Nobody can match: {RuleSentence.Clause(no.Part, figures)}, and {RuleSentence.Clause(no, figures)}. Take one of the two out." : null;
    }

    private static string? OfPets(List<Rule> parts, FigureWords figures)
    {
        var pets = parts.OfType<PetRule>().ToList();
        foreach (var none in pets.Where(p => p.Quantifier == PetQuantifier.None))
            if (pets.Find(p => p.Quantifier != PetQuantifier.None && p.Where == none.Where) is { } some)
                return $"Nobody can match: {RuleSentence.Clause(some, figures)}, and {RuleSentence.Clause(none, figures)}. Take one of the two out.";
        foreach (var every in pets.Where(p => p.Quantifier == PetQuantifier.All))
            if (pets.Where(p => p.Quantifier == PetQuantifier.Any).Select(p => Of(new AllRule([every.Where, p.Where]), figures)).FirstOrDefault(c => c is not null) is { } clash)
                return clash;
        return null;
    }

    private static string? Clash(List<Asked> asked, FigureWords figures)
    {
        var pair = asked.SelectMany((a, i) => asked.Skip(i + 1).Select(b => (Asked[])[a, b])).FirstOrDefault(LeaveNothing);
        Asked[]? culprits = pair ?? (asked.Count > 2 && LeaveNothing(asked) ? [.. asked] : null);
        return culprits is null ? null : $"Nobody can match: {Say(culprits, figures)}. {(culprits[0].Leaf is TraitRule { Trait.Type: TraitType.Text } && culprits.All(c => !c.IsDenied && c.Leaf is TraitRule { Operator: RuleOperator.Is })
            ? "Put them into an \"any\", or use \"is one of\"." : "Take one of them out, or put both into an \"any\".")}";
    }

    private static bool LeaveNothing(IReadOnlyList<Asked> asked)
    {
        // The opposite of a comparison is also true of those of whom nothing is known, unless something else must be known.
        if (asked.All(a => a.IsDenied))
            return false;
        if (asked.Any(a => a is { IsDenied: true, Leaf: TraitRule { Operator: RuleOperator.Known } }))
            return true;
        return asked[0].Leaf is TraitRule { Trait.Type: TraitType.Text or TraitType.Category } ? Texts(asked) : Numbers(asked);
    }

    private static bool Texts(IReadOnlyList<Asked> asked)
    {
        HashSet<string>? left = asked[0].Leaf is TraitRule { Trait: { ChoicesAreAll: true, Choices.Count: > 0 } trait } ? trait.Choices.ToHashSet(StringComparer.Ordinal) : null;
        var barred = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (leaf, denied) in asked.Select(a => ((TraitRule)a.Leaf, a.IsDenied)))
        {
            string[]? texts = leaf.Value switch { TextValue text when leaf.Operator is RuleOperator.Is or RuleOperator.IsNot => [text.Text], TextsValue several => [.. several.Texts], _ => null };
            if (texts is null)
                continue;
            if (leaf.Operator is RuleOperator.Is or RuleOperator.In != denied)
                left = left is null ? texts.ToHashSet(StringComparer.Ordinal) : [.. left.Intersect(texts, StringComparer.Ordinal)];
            else
                barred.UnionWith(texts);
        }
        return left is not null && left.All(barred.Contains);
    }

    private static bool Numbers(IReadOnlyList<Asked> asked)
    {
        var span = new Span(asked[0].Leaf is EventRule { Measure.Kind: MeasureKind.Count or MeasureKind.Distinct } ? 0 : Span.Lowest);
        foreach (var one in asked)
            span.Narrow(one);
        return span.IsEmpty;
    }

    private static IEnumerable<Asked> Asked(IEnumerable<Rule> parts)
    {
        foreach (var part in parts)
        {
            var (leaf, denied) = part is NotRule not ? (not.Part, true) : (part, false);
            if (leaf is TraitRule { Trait: var trait, Operator: not (RuleOperator.Has or RuleOperator.InTree) })
                yield return new(trait, leaf, denied);
            else if (leaf is EventRule events)
                yield return new((events.Events, events.Measure, events.Within), leaf, denied);
        }
    }

    private static string Say(Asked[] culprits, FigureWords figures)
    {
        if (culprits[0].Leaf is not TraitRule { Trait: { Type: TraitType.Number } trait } || culprits.Any(c => c.IsDenied || c.Leaf is not TraitRule { Value: NumberValue }))
            return string.Join(", and ", culprits.Select(c => RuleSentence.Clause(c.IsDenied ? new NotRule(c.Leaf) : c.Leaf, figures)));
        return $"{trait.Label} {string.Join(" and ", culprits.Select(c => (TraitRule)c.Leaf).Select(l => $"{Sign(l.Operator)} {figures.Say(((NumberValue)l.Value).Number, trait.Unit)}"))}";
    }

    private static string Sign(RuleOperator op) => op switch { RuleOperator.Is => "=", RuleOperator.IsNot => "other than", _ => op.Name() };
}

/// <summary>One comparison of an "all", or its opposite.</summary>
/// <param name="Of">The trait or figure that is compared; equal for comparisons of the same thing.</param>
internal sealed record Asked(object Of, Rule Leaf, bool IsDenied);

/// <summary>The whole numbers that comparisons leave.</summary>
internal sealed class Span(Int128 low)
{
    /// <summary>Under every number a rule can name, with room for arithmetic.</summary>
    public static readonly Int128 Lowest = (Int128)long.MinValue * 2;

    private readonly HashSet<long> _barred = [];
    private Int128 _low = low;
    private Int128 _high = -Lowest;
    private HashSet<long>? _among;

    public bool IsEmpty => _low > _high || _among?.All(n => n < _low || n > _high || _barred.Contains(n)) == true
        || (_high - _low < _barred.Count && Enumerable.Range(0, (int)(_high - _low) + 1).All(i => _barred.Contains((long)(_low + i))));

    public void Narrow(Asked asked)
    {
        var (op, numbers) = asked.Leaf switch
        {
            TraitRule { Value: NumberValue number } leaf => (leaf.Operator, (IReadOnlyList<long>)[number.Number]),
            TraitRule { Value: NumbersValue several } leaf => (leaf.Operator, [.. several.Numbers]),
            TraitRule { Value: TruthValue truth } leaf => (leaf.Operator, [truth.Truth ? 1 : 0]),
            EventRule events => (events.Operator, [events.Value]),
            _ => (RuleOperator.Known, []),
        };
        if (asked.Leaf is TraitRule { Trait.Type: TraitType.Truth })
            (_low, _high) = (Int128.Max(_low, 0), Int128.Min(_high, 1));
        if (numbers.Count > 0)
            Narrow(asked.IsDenied ? Opposite(op) : op, numbers);
    }

    private void Narrow(RuleOperator op, IReadOnlyList<long> numbers)
    {
        Int128 number = numbers[0];
        switch (op)
        {
            case RuleOperator.AtLeast: _low = Int128.Max(_low, number); break;
            case RuleOperator.More: _low = Int128.Max(_low, number + 1); break;
            case RuleOperator.AtMost: _high = Int128.Min(_high, number); break;
            case RuleOperator.Less: _high = Int128.Min(_high, number - 1); break;
            case RuleOperator.Is or RuleOperator.In: _among = _among is null ? [.. numbers] : [.. _among.Intersect(numbers)]; break;
            case RuleOperator.IsNot or RuleOperator.NotIn: _barred.UnionWith(numbers); break;
        }
    }

    private static RuleOperator Opposite(RuleOperator op) => op switch
    {
        RuleOperator.AtLeast => RuleOperator.Less,
        RuleOperator.Less => RuleOperator.AtLeast,
        RuleOperator.More => RuleOperator.AtMost,
        RuleOperator.AtMost => RuleOperator.More,
        RuleOperator.Is => RuleOperator.IsNot,
        RuleOperator.IsNot => RuleOperator.Is,
        RuleOperator.In => RuleOperator.NotIn,
        RuleOperator.NotIn => RuleOperator.In,
        _ => op,
    };
}

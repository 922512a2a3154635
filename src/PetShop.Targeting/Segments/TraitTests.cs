namespace PetShop.Targeting.Segments;

/// <summary>Compiles comparisons of a trait with a constant; an unknown trait passes none of them.</summary>
internal static class TraitTests
{
    public static Func<Subject, bool> Compile(TraitRule rule)
    {
        var read = rule.Trait.Read;
        var op = rule.Operator;
        return rule.Value switch
        {
            NoValue => x => read(x).IsKnown,
            TextValue value when op == RuleOperator.InTree => InTree(value.Text),
            TextValue value when op == RuleOperator.Has => Has(read, value.Text),
            TextValue value when op == RuleOperator.Is => x => read(x).Text is { } text && string.Equals(text, value.Text, StringComparison.Ordinal),
            TextValue value when op == RuleOperator.IsNot => x => read(x).Text is { } text && !string.Equals(text, value.Text, StringComparison.Ordinal),
            NumberValue value => x => read(x).Number is { } number && RuleOperators.Compare(number, op, value.Number),
            TruthValue value => x => read(x).Number is { } truth && truth == 1 == value.Truth,
            TextsValue values => OneOf(read, values.Texts, op == RuleOperator.In),
            NumbersValue values => OneOf(read, values.Numbers, op == RuleOperator.In),
            _ => throw new ArgumentException($"'{rule.Trait}' cannot be compared by {op} with {rule.Value}.", nameof(rule)),
        };
    }

    private static Func<Subject, bool> Has(Func<Subject, TraitValue> read, string wanted) => x => Contains(read(x).Texts, wanted);

    private static Func<Subject, bool> InTree(string wanted) => x => Contains(x.Event!.CategoryPath, wanted);

    private static Func<Subject, bool> OneOf(Func<Subject, TraitValue> read, IEnumerable<string> wanted, bool among)
    {
        var set = wanted.ToHashSet(StringComparer.Ordinal);
        return x => read(x).Text is { } text && set.Contains(text) == among;
    }

    private static Func<Subject, bool> OneOf(Func<Subject, TraitValue> read, IEnumerable<long> wanted, bool among)
    {
        var set = wanted.ToHashSet();
        return x => read(x).Number is { } number && set.Contains(number) == among;
    }

    public static bool Contains(IReadOnlyList<string>? texts, string wanted)
    {
        for (var i = 0; i < texts?.Count; i++)
            if (string.Equals(texts[i], wanted, StringComparison.Ordinal))
                return true;
        return false;
    }
}

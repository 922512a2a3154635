namespace PetShop.Targeting.Segments;

/// <summary>How a rule compares.</summary>
public enum RuleOperator { Is, IsNot, In, NotIn, Less, AtMost, More, AtLeast, Has, InTree, Known }

/// <summary>The spelling of operators in JSON, SQL and sentences.</summary>
public static class RuleOperators
{
    public static readonly IReadOnlyList<RuleOperator> ForNumbers =
        [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.Less, RuleOperator.AtMost, RuleOperator.More, RuleOperator.AtLeast, RuleOperator.In, RuleOperator.NotIn, RuleOperator.Known];
    public static readonly IReadOnlyList<RuleOperator> ForTexts = [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.In, RuleOperator.NotIn, RuleOperator.Known];
    public static readonly IReadOnlyList<RuleOperator> ForLists = [RuleOperator.Has, RuleOperator.Known];
    public static readonly IReadOnlyList<RuleOperator> ForTruths = [RuleOperator.Is, RuleOperator.Known];
    public static readonly IReadOnlyList<RuleOperator> ForCategories = [RuleOperator.InTree, .. ForTexts];

    /// <summary>Those a count, a sum or a number of days may use.</summary>
    public static readonly IReadOnlyList<RuleOperator> ForMeasures =
        [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.Less, RuleOperator.AtMost, RuleOperator.More, RuleOperator.AtLeast];

    private static readonly string[] Names = ["is", "is_not", "in", "not_in", "<", "<=", ">", ">=", "has", "in_tree", "known"];
    private static readonly string[] Phrases =
        ["is", "is known and not", "is one of", "is known and none of", "is less than", "is at most", "is more than", "is at least", "includes", "is in", "is known"];

    public static string Name(this RuleOperator op) => Names[(int)op];
    public static string Phrase(this RuleOperator op) => Phrases[(int)op];
    public static RuleOperator? Parse(string? name) => Array.IndexOf(Names, name) is >= 0 and var found ? (RuleOperator)found : null;

    /// <summary>Holds the two figures against each other; the operators of <see cref="ForMeasures"/> only.</summary>
    public static bool Compare(Int128 actual, RuleOperator op, long wanted) => op switch
    {
        RuleOperator.Is => actual == wanted,
        RuleOperator.IsNot => actual != wanted,
        RuleOperator.Less => actual < wanted,
        RuleOperator.AtMost => actual <= wanted,
        RuleOperator.More => actual > wanted,
        RuleOperator.AtLeast => actual >= wanted,
        _ => throw new ArgumentException($"The operator {op} does not compare two figures.", nameof(op)),
    };

    internal static string Sql(this RuleOperator op) => op switch
    {
        RuleOperator.Is => "=",
        RuleOperator.IsNot => "<>",
        RuleOperator.Less or RuleOperator.AtMost or RuleOperator.More or RuleOperator.AtLeast => op.Name(),
        _ => throw new ArgumentException($"The operator {op} does not compare two figures.", nameof(op)),
    };
}

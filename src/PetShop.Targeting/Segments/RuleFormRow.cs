namespace PetShop.Targeting.Segments;

/// <summary>One line of the rule editor: a group or a leaf, with its fields as typed; groups own the rows that name them as parent.</summary>
/// <remarks>
/// Kinds: all, any and none (of the rows below); trait; pets (whose rows below say which pet); event (whose rows below filter events);
/// sequence (whose two rows of the kind step say what came first and what came after, and whose rows below filter events again);
/// segment; list (by its key); rollout; json for what no form shows (shoppers named one by one).
/// </remarks>
public sealed record RuleFormRow
{
    public static readonly IReadOnlyList<string> Kinds = ["all", "any", "none", "trait", "pets", "event", "sequence", "step", "segment", "list", "rollout", "json"];

    /// <summary>Unique within one form.</summary>
    public int Id { get; init; }

    /// <summary>The group this row stands in; null for the one root.</summary>
    public int? Parent { get; init; }

    public string Kind { get; init; } = "all";

    /// <summary>Key of a trait; of an event row, the trait summed or counted as distinct.</summary>
    public string? Trait { get; init; }

    /// <summary>As in JSON: is, >=, in and so on.</summary>
    public string? Operator { get; init; }

    /// <summary>As typed; several values are parted by commas.</summary>
    public string? Value { get; init; }

    /// <summary>pet.any, pet.none or pet.all.</summary>
    public string? Quantifier { get; init; }

    public string? Event { get; init; }

    /// <summary>count, sum, distinct, first or last.</summary>
    public string? Measure { get; init; }

    /// <summary>Length of the window as typed; empty for all time.</summary>
    public string? Last { get; init; }

    public string? Unit { get; init; }

    /// <summary>Of a sequence: then or then_not.</summary>
    public string? Follow { get; init; }

    /// <summary>Of a sequence: how soon after the first step, as typed.</summary>
    public string? Gap { get; init; }

    /// <summary>hour or day.</summary>
    public string? GapUnit { get; init; }

    public string? Segment { get; init; }
    /// <summary>Key of a list.</summary>
    public string? List { get; init; }

    public string? Percent { get; init; }
    public string? Salt { get; init; }
    public string? Json { get; init; }
}

/// <summary>A fault of a form, beside the row it belongs to.</summary>
public sealed record RuleFormFault(int RowId, string Cause, string Mend);

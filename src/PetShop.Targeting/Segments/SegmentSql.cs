namespace PetShop.Targeting.Segments;

/// <summary>One statement with positional parameters: the first is $1.</summary>
public sealed record SqlQuery(string Text, IReadOnlyList<object> Parameters);

/// <summary>Writes a segment as one set-based SQL statement over shoppers, with the same meaning as <see cref="CompiledSegment.Matches"/>.</summary>
/// <remarks>
/// Aliases: s shoppers, f shopper_features, pt pets, e events, p products, b brands, c categories, m1.. one figure over events each.
/// A rule on the visit under way has no members to select: leaving such a leaf out, or guessing it, would show a number that no page
/// ever bears out, so the query is refused; ask <see cref="RuleNeeds.IsLiveOnly"/> first.
/// </remarks>
public static class SegmentSql
{
    /// <summary>Selects the ids of the members.</summary>
    public static SqlQuery Members(CompiledSegment segment, SegmentSet set, Moment at) => Select("s.id", segment, set, at);

    /// <summary>Counts the members.</summary>
    public static SqlQuery Count(CompiledSegment segment, SegmentSet set, Moment at) => Select("count(*)", segment, set, at);

    private static SqlQuery Select(string columns, CompiledSegment segment, SegmentSet set, Moment at)
    {
        if (segment.Needs.LiveTraits.FirstOrDefault() is { } live)
            throw new InvalidOperationException($"'{segment.Key}' depends on the visit ({live.Label}), so it has no members to select; it is decided page by page.");
        var builder = new SegmentSqlBuilder(set, at);
        var tree = builder.Condition(segment.Rule);
        var text = $"SELECT {columns} FROM shoppers s LEFT JOIN shopper_features f ON f.shopper_id = s.id{builder.Joins} WHERE {tree}{Gate(segment.Needs.Purposes)}";
        return new SqlQuery(text, builder.Parameters);
    }

    private static string Gate(ConsentPurposes purposes) => string.Concat(
        new[] { (ConsentPurposes.Analytics, "analytics"), (ConsentPurposes.Personalisation, "personalisation"), (ConsentPurposes.Email, "email"), (ConsentPurposes.Prices, "prices") }
            .Where(p => purposes.HasFlag(p.Item1)).Select(p => $" AND s.consent_{p.Item2}"));
}

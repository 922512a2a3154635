using System.Globalization;

namespace PetShop.Targeting.Segments;

/// <summary>Writes how a trait is spread among the members of a rule and among everyone else, over those the rule and the trait may be asked of.</summary>
public static class TraitSpreadSql
{
    /// <summary>Whether a set of shoppers can be asked about the trait at all.</summary>
    public static bool Covers(Trait trait) => !trait.IsLiveOnly && trait.Scope is TraitScope.Shopper or TraitScope.Pet;

    /// <summary>Selects, of the trait's values: least, greatest, and the one that 98 of 100 do not exceed; numbers only.</summary>
    public static SqlQuery Bounds(Trait trait, CompiledSegment segment, SegmentSet set, Moment at)
    {
        var (values, parameters) = Values(trait, segment, set, at);
        return new($"SELECT min(w.v)::bigint, max(w.v)::bigint, percentile_disc(0.98) WITHIN GROUP (ORDER BY w.v)::bigint FROM ({values}) w", parameters);
    }

    /// <summary>Selects, for members (true) and others (false), each bin with its number of shoppers or pets; the bin is null where nothing is known.</summary>
    /// <param name="low">Where the first bin begins.</param>
    /// <param name="step">Width of a bin; what lies beyond the last one counts in it.</param>
    public static SqlQuery Bins(Trait trait, CompiledSegment segment, SegmentSet set, Moment at, long low, long step, int bins)
    {
        var (values, parameters) = Values(trait, segment, set, at);
        var bin = string.Create(CultureInfo.InvariantCulture, $"least(greatest(floor((w.v - {low}::bigint)::numeric / {step})::int, 0), {bins - 1})");
        return new($"SELECT w.inside, CASE WHEN w.v IS NOT NULL THEN {bin} END, count(*) FROM ({values}) w GROUP BY 1, 2 ORDER BY 2, 1", parameters);
    }

    /// <summary>Selects, for members (true) and others (false), each value as text with its number of shoppers or pets; null where nothing is known.</summary>
    public static SqlQuery Choices(Trait trait, CompiledSegment segment, SegmentSet set, Moment at)
    {
        var (values, parameters) = Values(trait, segment, set, at);
        return new(trait.Type == TraitType.Texts
            ? $"SELECT w.inside, u.v, count(*) FROM ({values}) w LEFT JOIN LATERAL unnest(w.v) u (v) ON true GROUP BY 1, 2 ORDER BY 2, 1"
            : $"SELECT w.inside, w.v::text, count(*) FROM ({values}) w GROUP BY 1, 2 ORDER BY 2, 1", parameters);
    }

    private static (string Text, IReadOnlyList<object> Parameters) Values(Trait trait, CompiledSegment segment, SegmentSet set, Moment at)
    {
        if (!Covers(trait) || segment.Needs.IsLiveOnly)
            throw new ArgumentException($"'{trait}' over '{segment.Key}' depends on the visit or on one event, so it is not spread over shoppers.", nameof(trait));
        var builder = new SegmentSqlBuilder(set, at, SqlReach.Everyone);
        var asked = set.Draft(new AllRule([segment.Rule, new TraitRule(trait, RuleOperator.Known, NoValue.Instance)]));
        var (inside, value) = (builder.Condition(segment.Rule), builder.Expression(trait));
        var pets = trait.Scope == TraitScope.Pet ? " JOIN pets pt ON pt.shopper_id = s.id AND pt.died_on IS NULL" : "";
        var gate = builder.Gate(asked);
        return ($"SELECT {inside} AS inside, {value} AS v {SegmentSql.People}{pets}{builder.Joins} WHERE {gate} OFFSET 0", builder.Parameters.Values);
    }
}

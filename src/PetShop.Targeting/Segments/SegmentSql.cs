using System.Globalization;

namespace PetShop.Targeting.Segments;

/// <summary>One statement with positional parameters: the first is $1.</summary>
public sealed record SqlQuery(string Text, IReadOnlyList<object> Parameters);

/// <summary>The place of one segment among the bits kept of a shopper.</summary>
/// <param name="Segment">Null for a segment that nobody belongs to any more: its bit is cleared.</param>
public sealed record SegmentBit(int Slot, CompiledSegment? Segment)
{
    /// <summary>Two bits of a 64-bit word stay unused, so that sums never reach its sign.</summary>
    public const int PerWord = 62;

    public int Word => Slot / PerWord;
    public long Mask => 1L << Slot % PerWord;
}

/// <summary>Writes segments as set-based SQL over shoppers, with the same meaning as <see cref="CompiledSegment.Matches"/>.</summary>
/// <remarks>
/// Aliases: s and f the shopper's row of segment_subjects (what stands in shoppers and in shopper_features), pt pets, e events, p products, b brands, c categories; fg (hh and ev where few are asked) and m1.. figures over pets and events, sm the stored members, ti what they lean to (joined only where a rule asks).
/// However many segments a statement asks, shoppers, features, pets and events are read once each; only distinct counts and sequences read events again.
/// A rule on the visit under way has no members to select: leaving such a leaf out, or guessing it, would show a number that no page
/// ever bears out, so the query is refused; ask <see cref="RuleNeeds.IsLiveOnly"/> first.
/// </remarks>
public static class SegmentSql
{
    internal const string People = $"FROM segment_subjects f {Aliases}";
    private const string Aliases = "CROSS JOIN LATERAL (SELECT f.shopper_id AS id, f.*) s";

    /// <summary>Selects the ids of the members.</summary>
    public static SqlQuery Members(CompiledSegment segment, SegmentSet set, Moment at) => Select("s.id", segment, set, at);

    /// <summary>Counts the members.</summary>
    public static SqlQuery Count(CompiledSegment segment, SegmentSet set, Moment at) => Select("count(*)", segment, set, at);

    /// <summary>Counts the members among a share of the shoppers; the first column is how many were drawn.</summary>
    /// <remarks>Blocks are drawn, up to ten times as many as needed, and of each only every tenth shopper is asked: those who share a block often share what happened to them last.</remarks>
    /// <param name="percent">Of the table, 0.01 to 100.</param>
    public static SqlQuery Estimate(CompiledSegment segment, SegmentSet set, Moment at, decimal percent)
    {
        var builder = Builder(segment, set, at, SqlReach.Lazy);
        var condition = builder.Gated(segment);
        var spread = Math.Clamp((int)(100 / percent), 1, 10);
        return new(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*), count(*) FILTER (WHERE {condition}) {Sample(percent * spread)}{builder.Joins} WHERE uuid_hash(f.shopper_id) % {spread} = 0"), builder.Parameters.Values);
    }

    /// <summary>Selects the ids of a few members, always the same ones while nothing changes.</summary>
    /// <param name="percent">Of the blocks of the table to look for them in; null for all of it, until enough are found.</param>
    public static SqlQuery Some(CompiledSegment segment, SegmentSet set, Moment at, int atMost, decimal? percent)
    {
        var builder = Builder(segment, set, at, SqlReach.Lazy);
        var condition = builder.Gated(segment);
        return new(string.Create(CultureInfo.InvariantCulture, $"SELECT s.id {(percent is { } p ? Sample(p) : People)}{builder.Joins} WHERE {condition} LIMIT {atMost}"), builder.Parameters.Values);
    }

    private static string Sample(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"FROM segment_subjects f TABLESAMPLE SYSTEM ({percent}) REPEATABLE (1) {Aliases}");

    /// <summary>Selects the id of every shopper with the words that hold the bits of these segments, in one scan.</summary>
    /// <param name="words">How many words a shopper has.</param>
    /// <param name="only">The shoppers to ask, looked up by index; null for everyone.</param>
    /// <param name="memory">When given, the answers of leaves that are not stale come from the stored members, and with the words are selected: leaves (those looked up), old and old_leaves (as stored), and of few place, where that row is.</param>
    public static SqlQuery Words(IReadOnlyList<SegmentBit> bits, int words, SegmentSet set, Moment at, IReadOnlyCollection<Guid>? only = null, LeafMemory? memory = null)
    {
        foreach (var live in bits.Where(b => b.Segment?.Needs.IsLiveOnly == true))
            throw Refused(live.Segment!);
        var builder = new SegmentSqlBuilder(set, at, only is null ? SqlReach.Everyone : SqlReach.Few, memory) { Shares = only is null };
        var sums = Sums(builder, bits, words);
        var where = only is null ? "" : $" WHERE s.id = ANY({builder.Parameters.Add(only.ToArray(), "uuid[]")})";
        if (memory is null)
            return Asked(builder, sums, "", "", where);
        var asked = memory.Asked.ToLookup(l => l.Word);
        var leaves = asked.Count == 0 ? "'{}'" : $"ARRAY[{string.Join(", ", Enumerable.Range(0, memory.Words).Select(w => Sum(asked[w].Select(l => (builder.Condition(l.Rule), l.Mask)))))}]";
        var place = only is null ? "" : ", sm.ctid AS place";
        return Asked(builder, $"{sums}, {leaves}::bigint[] AS leaves", $", sm.words AS old, sm.leaves AS old_leaves{place}", " LEFT JOIN segment_members sm ON sm.shopper_id = s.id", where);
    }

    /// <summary>The same words of one half of all shoppers, in one pass.</summary>
    public static SqlQuery Words(IReadOnlyList<SegmentBit> bits, int words, SegmentSet set, Moment at, SqlHalf half)
    {
        var builder = new SegmentSqlBuilder(set, at, SqlReach.Everyone, half: half) { Shares = true };
        return Asked(builder, Sums(builder, bits, words), "", "", $" WHERE true{SqlFigures.Of(half, "f.shopper_id")}");
    }

    private static string Sums(SegmentSqlBuilder builder, IReadOnlyList<SegmentBit> bits, int words) =>
        $"ARRAY[{string.Join(", ", Enumerable.Range(0, words).Select(w => Sum(builder, bits.Where(b => b.Word == w))))}]::bigint[] AS words";

    // OFFSET 0 keeps the planner from writing each shared answer out again wherever it is used. Of a few, most leaves are remembered, and working out all of them would cost more than the rules do.
    private static SqlQuery Asked(SegmentSqlBuilder builder, string sums, string stored, string join, string where) => new(
        builder.Shares ? $"SELECT s.id, {sums}{(stored.Length > 0 ? ", s.old, s.old_leaves" : "")} FROM (SELECT s.id, s.rollout_key{stored}{builder.Shared} {People}{join}{builder.Joins}{where} OFFSET 0) s"
            : $"SELECT s.id, {sums}{stored} {People}{join}{builder.Joins}{where}", builder.Parameters.Values);

    // Segments that need the same are behind one gate: it is asked once a shopper, and of who is shut out nothing else is.
    private static string Sum(SegmentSqlBuilder builder, IEnumerable<SegmentBit> bits)
    {
        var gates = bits.Where(b => b.Segment is not null).GroupBy(b => builder.Gate(b.Segment!)).ToList();
        return gates.Count == 0 ? "0::bigint" : string.Join(" + ", gates.Select(g => $"CASE WHEN {g.Key} THEN {Sum(g.Select(b => (builder.Condition(b.Segment!.Rule), b.Mask)))} ELSE 0::bigint END"));
    }

    private static string Sum(IEnumerable<(string Condition, long Mask)> bits)
    {
        var terms = bits.Select(b => string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {b.Condition} THEN {b.Mask}::bigint ELSE 0::bigint END")).ToList();
        return terms.Count == 0 ? "0::bigint" : string.Join(" + ", terms);
    }

    private static SqlQuery Select(string columns, CompiledSegment segment, SegmentSet set, Moment at)
    {
        var builder = Builder(segment, set, at, SqlReach.Everyone);
        var condition = builder.Gated(segment);
        return new($"SELECT {columns} {People}{builder.Joins} WHERE {condition}", builder.Parameters.Values);
    }

    private static SegmentSqlBuilder Builder(CompiledSegment segment, SegmentSet set, Moment at, SqlReach reach) =>
        segment.Needs.IsLiveOnly ? throw Refused(segment) : new(set, at, reach);

    private static InvalidOperationException Refused(CompiledSegment segment) =>
        new($"'{segment.Key}' depends on the visit ({segment.Needs.LiveTraits.First().Label}), so it has no members to select; it is decided page by page.");
}

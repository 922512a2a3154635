using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>How many shoppers pass which of several rules together: bit n of a pattern is rule n.</summary>
public sealed record PatternTable(IReadOnlyList<(long Pattern, long Shoppers)> Patterns)
{
    public long Total => Patterns.Sum(p => p.Shoppers);

    /// <summary>Who passes all of these rules, whatever the others say.</summary>
    public long Count(long all) => Patterns.Where(p => (p.Pattern & all) == all).Sum(p => p.Shoppers);

    /// <summary>Who passes all of these and none of those.</summary>
    public long Count(long all, long none) => Patterns.Where(p => (p.Pattern & all) == all && (p.Pattern & none) == 0).Sum(p => p.Shoppers);
}

/// <summary>Asks everyone several rules in one pass; every figure about their parts is then a sum in memory.</summary>
public sealed class RulePatterns(NpgsqlDataSource source, SegmentCounter counter, IOptions<TargetingOptions> options)
{
    public const int MostRules = SegmentBit.PerWord;

    private static readonly Guid Middle = new("80000000-0000-0000-0000-000000000000");

    /// <exception cref="NpgsqlException">It took longer than Targeting:CountPatience.</exception>
    public async Task<PatternTable> CountAsync(IReadOnlyList<Rule> rules, SegmentSet set, CancellationToken cancel) =>
        Together(await HalvesAsync(rules, set, "SELECT w.words[1], count(*) FROM ({0}) w GROUP BY 1", r => (r.GetInt64(0), r.GetInt64(1)), cancel));

    /// <summary>The same and, of those who pass all of some rules, how many are stored as members of each of these segments; still in one pass.</summary>
    /// <inheritdoc cref="CountAsync(IReadOnlyList{Rule}, SegmentSet, CancellationToken)"/>
    public async Task<(PatternTable Table, IReadOnlyList<long> Stored)> CountAsync(IReadOnlyList<Rule> rules, SegmentSet set, long all, IReadOnlyList<SegmentBit> segments, CancellationToken cancel)
    {
        var counts = string.Join(", ", segments.Select(s => FormattableString.Invariant($"count(*) FILTER (WHERE m.words[{s.Word + 1}] & {s.Mask} <> 0)")));
        var rows = await HalvesAsync(rules, set, FormattableString.Invariant($$"""
            WITH w AS MATERIALIZED (SELECT q.id, q.words[1] AS passed FROM ({0}) q)
            SELECT passed, count(*), NULL::bigint[] FROM w GROUP BY 1
            UNION ALL SELECT NULL, NULL, ARRAY[{{counts}}]::bigint[] FROM w JOIN segment_members m ON m.shopper_id = w.id WHERE w.passed & {{all}} = {{all}}
            """), r => r.IsDBNull(2) ? (r.GetInt64(0), r.GetInt64(1), (long[]?)null) : (0, 0, r.GetFieldValue<long[]>(2)), cancel);
        var stored = rows.Where(r => r.Item3 is not null).Select(r => r.Item3!).ToList();
        return (Together(rows.Where(r => r.Item3 is null).Select(r => (r.Item1, r.Item2))), [.. segments.Select((_, i) => stored.Sum(s => s[i]))]);
    }

    private static PatternTable Together(IEnumerable<(long Pattern, long Shoppers)> rows) => new([.. rows.GroupBy(r => r.Pattern).Select(g => (g.Key, g.Sum(r => r.Shoppers)))]);

    /// <summary>A few of those who pass all of some rules and none of some others, always the same ones while nothing changes.</summary>
    public async Task<IReadOnlyList<SegmentCounter.Member>> SomeAsync(IReadOnlyList<Rule> rules, SegmentSet set, long all, long none, int atMost, CancellationToken cancel) =>
        await ReadAsync(rules, set, FormattableString.Invariant($$"""
            SELECT m.id, m.first_name || ' ' || m.last_name, coalesce(m.email, '')
            FROM (SELECT w.id FROM ({0}) w WHERE w.words[1] & {{all | none}} = {{all}} ORDER BY md5(w.id::text) LIMIT {{atMost}}) few JOIN shoppers m ON m.id = few.id ORDER BY 2, 3
            """), r => new SegmentCounter.Member(r.GetGuid(0), r.GetString(1).Trim(), r.GetString(2)), cancel);

    private Task<List<T>> ReadAsync<T>(IReadOnlyList<Rule> rules, SegmentSet set, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        var query = Words(rules, set);
        return SegmentScan.ReadAsync(source, query with { Text = sql.Replace("{0}", query.Text, StringComparison.Ordinal) }, row, options.Value.CountPatience, cancel);
    }

    // The database goes about one such statement on one core, whatever it is allowed: its aggregates come before its joins. Halves take two.
    private async Task<List<T>> HalvesAsync<T>(IReadOnlyList<Rule> rules, SegmentSet set, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        var (bits, at) = (Bits(rules, set), counter.Now());
        var halves = SqlHalf.About(await PivotAsync(cancel)).Select(half => SegmentSql.Words(bits, 1, set, at, half));
        return await SegmentScan.ReadSideBySideAsync(source, halves.Select(q => q with { Text = sql.Replace("{0}", q.Text, StringComparison.Ordinal) }), row, options.Value.CountPatience, cancel);
    }

    // The middle of what the database knows of the ids; any id parts the shoppers, this one evenly.
    private async Task<Guid> PivotAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            SELECT (ids::text::uuid[])[cardinality(ids::text::uuid[]) / 2 + 1]
            FROM (SELECT histogram_bounds AS ids FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'segment_subjects' AND attname = 'shopper_id' OFFSET 0) known
            """);
        return await command.ExecuteScalarAsync(cancel) as Guid? ?? Middle;
    }

    private static SegmentBit[] Bits(IReadOnlyList<Rule> rules, SegmentSet set) => [.. rules.Select((r, i) => new SegmentBit(i, set.Draft(r)))];

    private SqlQuery Words(IReadOnlyList<Rule> rules, SegmentSet set) => SegmentSql.Words(Bits(rules, set), 1, set, counter.Now());
}

using System.Globalization;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Benchmarks.Segments;

/// <summary>The shape of the known open systems: a row for each member, and for each segment one statement that adds and one that removes, over the shop's own tables.</summary>
internal static class Competitor
{
    /// <summary>Begins with the members stored so far, so that both shapes have the same changes to write.</summary>
    public const string Table = """
        DROP TABLE IF EXISTS competitor_members;
        CREATE TABLE competitor_members (segment_id integer NOT NULL, shopper_id uuid NOT NULL);
        INSERT INTO competitor_members SELECT k.segment_id, m.shopper_id FROM segment_members m JOIN segment_slots k ON m.words[1] & (1::bigint << k.slot) <> 0;
        ALTER TABLE competitor_members ADD PRIMARY KEY (segment_id, shopper_id);
        ANALYZE competitor_members
        """;

    private const string Narrow = "FROM segment_subjects f CROSS JOIN LATERAL (SELECT f.shopper_id AS id, f.*) s";

    public static async Task RunAsync(NpgsqlDataSource source, Moment at)
    {
        await using var connection = await source.OpenConnectionAsync();
        await RunAsync(connection, new("SET work_mem = '256MB'; SET jit = off; SET max_parallel_workers_per_gather = 0", []));
        var set = new SegmentSet(FiftyRules.All);
        foreach (var segment in set.Segments)
        {
            var members = SegmentSql.Members(segment, set, at);
            // The narrow row of a shopper belongs to what is measured here, not to what it is held against.
            members = members with { Text = members.Text.Replace(Narrow, "FROM shoppers s LEFT JOIN shopper_features f ON f.shopper_id = s.id", StringComparison.Ordinal) };
            var id = $"(SELECT id FROM segments WHERE slug = '{segment.Key}')";
            await RunAsync(connection, new($"INSERT INTO competitor_members SELECT {id}, q.id FROM ({members.Text}) q WHERE NOT EXISTS (SELECT FROM competitor_members c WHERE c.segment_id = {id} AND c.shopper_id = q.id)", members.Parameters));
            await RunAsync(connection, new($"DELETE FROM competitor_members c WHERE c.segment_id = {id} AND NOT EXISTS (SELECT FROM ({members.Text}) q WHERE q.id = c.shopper_id)", members.Parameters));
        }
        await RunAsync(connection, new("RESET ALL", []));
    }

    /// <summary>How the database goes about a statement: only the lines that read a table.</summary>
    public static async Task<string> ExplainAsync(NpgsqlDataSource source, SqlQuery query)
    {
        await using var command = source.CreateCommand("EXPLAIN (COSTS OFF) " + query.Text);
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        List<string> scans = [];
        while (await reader.ReadAsync())
            if (reader.GetString(0) is var line && line.Contains("Scan", StringComparison.Ordinal))
                scans.Add(line.Trim(' ', '-', '>'));
        return string.Create(CultureInfo.InvariantCulture, $"One pass reads: {string.Join("; ", scans.GroupBy(s => s.Contains(" on events_", StringComparison.Ordinal) ? "a month of events" : s).Select(g => g.Count() == 1 ? g.Key : $"{g.Count()} x {g.Key}"))}");
    }

    private static async Task RunAsync(NpgsqlConnection connection, SqlQuery query)
    {
        await using var command = new NpgsqlCommand(query.Text, connection) { CommandTimeout = 1800 };
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}

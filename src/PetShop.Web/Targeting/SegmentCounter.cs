using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>Counts and samples the members of segments in PostgreSQL.</summary>
public sealed partial class SegmentCounter(
    NpgsqlDataSource source, ActiveRules rules, IOptions<TargetingOptions> options, IOptions<ShopOptions> shop, TimeProvider clock, ILogger<SegmentCounter> logger)
{
    // Half a percent of error at a share of a half.
    private const int SampleRows = 10_000;

    /// <summary>A member, for people.</summary>
    public sealed record Member(Guid Id, string Name, string Email);

    /// <summary>How many shoppers there are at all.</summary>
    public async Task<long> ShoppersAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM shoppers");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>How many shoppers a rule holds; null where it depends on the visit.</summary>
    public async Task<long?> CountAsync(CompiledSegment segment, SegmentSet set, CancellationToken cancel)
    {
        if (segment.Needs.IsLiveOnly)
            return null;
        await using var command = Command(SegmentSql.Count(segment, set, Now()), "");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Some members, always the same ones while nothing changes.</summary>
    public async Task<IReadOnlyList<Member>> SampleAsync(CompiledSegment segment, SegmentSet set, int size, CancellationToken cancel)
    {
        if (segment.Needs.IsLiveOnly)
            return [];
        var query = SegmentSql.Members(segment, set, Now());
        query = query with { Text = $"SELECT m.id, m.first_name || ' ' || m.last_name, coalesce(m.email, '') FROM shoppers m WHERE m.id IN ({query.Text})" };
        await using var command = Command(query, $" ORDER BY md5(m.id::text) LIMIT {size}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var members = new List<Member>();
        while (await reader.ReadAsync(cancel))
            members.Add(new(reader.GetGuid(0), reader.GetString(1).Trim(), reader.GetString(2)));
        return members;
    }

    /// <summary>How many shoppers pass ever more parts of a rule, in one pass: the first part alone, the first two, and so on, each behind the gate of the whole.</summary>
    public async Task<IReadOnlyList<long>> FunnelAsync(CompiledSegment segment, IReadOnlyList<Rule> parts, SegmentSet set, CancellationToken cancel)
    {
        await using var command = Command(SegmentSql.Funnel(segment, parts, set, Now()), "");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return [.. parts.Select((_, i) => reader.GetInt64(i))];
    }

    /// <summary>Roughly how many shoppers a rule holds, from a sample; null where it depends on the visit. Exact where there are few shoppers.</summary>
    public async Task<long?> EstimateAsync(CompiledSegment segment, SegmentSet set, CancellationToken cancel)
    {
        if (segment.Needs.IsLiveOnly)
            return null;
        await using var size = source.CreateCommand("SELECT greatest(reltuples, 1)::bigint FROM pg_class WHERE oid = 'shoppers'::regclass");
        var shoppers = (long)(await size.ExecuteScalarAsync(cancel))!;
        if (shoppers < 3 * SampleRows)
            return await CountAsync(segment, set, cancel);
        await using var command = Command(SegmentSql.Estimate(segment, set, Now(), Math.Round(100m * SampleRows / shoppers, 4)), "");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetInt64(0) == 0 ? 0 : (long)Math.Round((double)reader.GetInt64(1) * shoppers / reader.GetInt64(0));
    }

    /// <summary>Every member of a rule.</summary>
    public async Task<HashSet<Guid>> MembersAsync(CompiledSegment segment, SegmentSet set, Moment at, CancellationToken cancel)
    {
        await using var command = Command(SegmentSql.Members(segment, set, at), "");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var members = new HashSet<Guid>();
        while (await reader.ReadAsync(cancel))
            members.Add(reader.GetGuid(0));
        return members;
    }

    /// <summary>Counts one segment and stores its size.</summary>
    public async Task CountAndStoreAsync(string slug, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        if (book.Segments.TryGet(slug, out var segment))
            await StoreAsync([(slug, await CountAsync(segment, book.Segments, cancel))], cancel);
    }

    /// <summary>Counts the segments whose size is old; a count that takes too long is given up and told.</summary>
    public async Task CountOldAsync(CancellationToken cancel)
    {
        var old = await OldAsync(cancel);
        var book = await rules.GetAsync(cancel);
        var counts = new List<(string Slug, long? Count)>();
        foreach (var slug in old)
        {
            if (!book.Segments.TryGet(slug, out var segment))
                continue;
            try
            {
                counts.Add((slug, await CountAsync(segment, book.Segments, cancel)));
            }
            catch (NpgsqlException e)
            {
                LogUncounted(slug, e.Message);
            }
        }
        await StoreAsync(counts, cancel);
    }

    private async Task<List<string>> OldAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT slug FROM segments WHERE (counted_at IS NULL OR counted_at < $1 OR counted_at < updated_at) AND NOT EXISTS (SELECT FROM segment_slots k WHERE k.segment_id = segments.id) ORDER BY counted_at NULLS FIRST");
        command.Parameters.Add(new() { Value = (clock.GetUtcNow() - options.Value.CountsRefresh).UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var old = new List<string>();
        while (await reader.ReadAsync(cancel))
            old.Add(reader.GetString(0));
        return old;
    }

    private async Task StoreAsync(List<(string Slug, long? Count)> counts, CancellationToken cancel)
    {
        if (counts.Count == 0)
            return;
        await using var command = source.CreateCommand("UPDATE segments s SET member_count = c.members, counted_at = $3 FROM unnest($1, $2) AS c (slug, members) WHERE s.slug = c.slug");
        command.Parameters.Add(new() { Value = counts.Select(c => c.Slug).ToArray() });
        command.Parameters.Add(new() { Value = counts.Select(c => (int?)c.Count).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(SqlQuery query, string tail)
    {
        var command = source.CreateCommand(query.Text + tail);
        command.CommandTimeout = (int)options.Value.CountPatience.TotalSeconds;
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    /// <summary>The moment of asking, by the clock on the shop's wall.</summary>
    public Moment Now() => new(clock.GetUtcNow(), shop.Value.Zone);

    [LoggerMessage(LogLevel.Warning, "Segment {Segment} could not be counted: {Problem}")]
    private partial void LogUncounted(string segment, string problem);
}

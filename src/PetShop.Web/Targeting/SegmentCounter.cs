using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>Counts and samples the members of segments in PostgreSQL.</summary>
public sealed partial class SegmentCounter(
    NpgsqlDataSource source, ActiveRules rules, IOptions<TargetingOptions> options, IOptions<ShopOptions> shop, TimeProvider clock, ILogger<SegmentCounter> logger)
{
    private const decimal SomePercent = 2;

    /// <summary>How many shoppers a rule holds.</summary>
    public sealed record RuleSize(long Count)
    {
        /// <summary>Members met in the sample that the size was reckoned from; null where everyone was asked.</summary>
        public long? Met { get; init; }

        public bool IsRough => Met is not null;
    }

    /// <summary>A member, for people.</summary>
    public sealed record Member(Guid Id, string Name, string Email);

    /// <summary>How many shoppers there are at all.</summary>
    public async Task<long> ShoppersAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM segment_subjects");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>How many shoppers a rule holds; null where it depends on the visit.</summary>
    public async Task<long?> CountAsync(CompiledSegment segment, SegmentSet set, CancellationToken cancel) =>
        segment.Needs.IsLiveOnly ? null : (await ReadAsync(SegmentSql.Count(segment, set, Now()), r => r.GetInt64(0), cancel))[0];

    /// <summary>How many shoppers are in a segment: none while it is on but outside its time; of one that is off, how many its rule holds. Null where it depends on the visit.</summary>
    public async Task<long?> SizeAsync(CompiledSegment segment, RuleBook book, CancellationToken cancel) =>
        !segment.Needs.IsLiveOnly && book.Active.Any(s => s.Slug == segment.Key && !s.IsOn(clock.GetUtcNow())) ? 0 : await CountAsync(segment, book.Segments, cancel);

    /// <summary>Some members, always the same ones while nothing changes: from a share of the table where that has enough of them, else from all of it.</summary>
    public async Task<IReadOnlyList<Member>> SampleAsync(CompiledSegment segment, SegmentSet set, int size, CancellationToken cancel)
    {
        if (segment.Needs.IsLiveOnly)
            return [];
        var at = Now();
        var ids = await ReadAsync(SegmentSql.Some(segment, set, at, size, SomePercent), r => r.GetGuid(0), cancel);
        if (ids.Count < size)
            ids = await ReadAsync(SegmentSql.Some(segment, set, at, size, null), r => r.GetGuid(0), cancel);
        return await ReadAsync(new("SELECT id, first_name || ' ' || last_name, coalesce(email, '') FROM shoppers WHERE id = ANY($1) ORDER BY id", [ids.ToArray()]),
            r => new Member(r.GetGuid(0), r.GetString(1).Trim(), r.GetString(2)), cancel);
    }

    /// <summary>Roughly how many shoppers a rule holds, from a sample; null where it depends on the visit. Exact where there are few shoppers.</summary>
    public async Task<RuleSize?> EstimateAsync(CompiledSegment segment, SegmentSet set, CancellationToken cancel)
    {
        if (segment.Needs.IsLiveOnly)
            return null;
        await using var size = source.CreateCommand("SELECT greatest(reltuples, 1)::bigint FROM pg_class WHERE oid = 'segment_subjects'::regclass");
        var shoppers = (long)(await size.ExecuteScalarAsync(cancel))!;
        if (shoppers < options.Value.SampledFrom)
            return new((await CountAsync(segment, set, cancel))!.Value);
        // Of 10,000, half a percent of error at a share of a half.
        var rows = options.Value.SampledFrom / 3;
        var (drawn, members) = (await ReadAsync(SegmentSql.Estimate(segment, set, Now(), Math.Round(100m * rows / shoppers, 4)), r => (r.GetInt64(0), r.GetInt64(1)), cancel))[0];
        return new(drawn == 0 ? 0 : (long)Math.Round((double)members * shoppers / drawn)) { Met = members };
    }

    /// <summary>Every member of a rule.</summary>
    public async Task<HashSet<Guid>> MembersAsync(CompiledSegment segment, SegmentSet set, Moment at, CancellationToken cancel) =>
        [.. await ReadAsync(SegmentSql.Members(segment, set, at), r => r.GetGuid(0), cancel)];

    /// <summary>Counts one segment and stores its size.</summary>
    public async Task CountAndStoreAsync(string slug, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        if (book.Segments.TryGet(slug, out var segment))
            await StoreAsync([(slug, await SizeAsync(segment, book, cancel))], cancel);
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
                counts.Add((slug, await SizeAsync(segment, book, cancel)));
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

    private Task<List<T>> ReadAsync<T>(SqlQuery query, Func<NpgsqlDataReader, T> row, CancellationToken cancel) => SegmentScan.ReadAsync(source, query, row, options.Value.CountPatience, cancel);

    /// <summary>The moment of asking, by the clock on the shop's wall.</summary>
    public Moment Now() => new(clock.GetUtcNow(), shop.Value.Zone);

    [LoggerMessage(LogLevel.Warning, "Segment {Segment} could not be counted: {Problem}")]
    private partial void LogUncounted(string segment, string problem);
}

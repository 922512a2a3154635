using System.ComponentModel;
using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Segments;

namespace PetShop.Web.Api.Members;

/// <summary>A shopper's entry into a segment or exit from it; never a name or an address.</summary>
public sealed record TransitionResource
{
    [Description("Goes up with time.")] public required long Id { get; init; }
    public required Guid ShopperId { get; init; }
    [Description("Key of the segment.")] public required string Segment { get; init; }
    [Description("The segment's version at that time.")] public required int SegmentVersion { get; init; }
    [Description("entered or left.")] public required string Change { get; init; }
    [Description("consent, profile, event, clock, rule, catalogue, check, list or schedule (of the segment).")] public required string Cause { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Reads entries and exits.</summary>
public sealed class Transitions(NpgsqlDataSource source)
{
    private const string Columns = """
        SELECT t.id, t.shopper_id, coalesce(s.slug, 'deleted-' || t.segment_id), t.entered, t.cause, t.at,
            coalesce((SELECT max(v.version) FROM segment_versions v WHERE v.segment_id = t.segment_id AND v.saved_at <= t.at), s.version, 1)
        FROM segment_transitions t LEFT JOIN segments s ON s.id = t.segment_id
        """;

    // One process at a time writes transitions and lets the next one begin after its commit, so a greater id is never seen before a smaller one.
    private const string After = $"{Columns} WHERE t.id > $1 AND ($2::int IS NULL OR t.segment_id = $2) ORDER BY t.id LIMIT $3";
    private const string Named = $"{Columns} WHERE t.id = ANY($1) ORDER BY t.id";

    /// <param name="segmentId">The only one asked for; null for all.</param>
    public Task<List<TransitionResource>> AfterAsync(long after, int? segmentId, int limit, CancellationToken cancel) =>
        ReadAsync(After, [new() { Value = after }, new() { Value = (object?)segmentId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer }, new() { Value = limit }], cancel);

    /// <summary>Those that are still there: with a person go their transitions.</summary>
    public Task<List<TransitionResource>> NamedAsync(long[] ids, CancellationToken cancel) => ReadAsync(Named, [new() { Value = ids }], cancel);

    /// <summary>A cause in the word that the API uses.</summary>
    public static string Cause(short cause) => ((TransitionCause)cause).ToString().ToLowerInvariant();

    private async Task<List<TransitionResource>> ReadAsync(string sql, NpgsqlParameter[] values, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(values);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var read = new List<TransitionResource>();
        while (await row.ReadAsync(cancel))
            read.Add(new()
            {
                Id = row.GetInt64(0), ShopperId = row.GetGuid(1), Segment = row.GetString(2), Change = row.GetBoolean(3) ? "entered" : "left",
                Cause = Cause(row.GetInt16(4)), At = row.GetFieldValue<DateTimeOffset>(5), SegmentVersion = row.GetInt32(6),
            });
        return read;
    }
}

using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>What a rule shares with a segment whose members are stored.</summary>
/// <param name="Both">Shoppers in both.</param>
/// <param name="Members">Shoppers in the other one.</param>
public sealed record SegmentOverlap(int Id, string Name, long Both, long Members);

/// <summary>A segment whose members are stored.</summary>
public sealed record StoredSegment(int Id, string Name, SegmentBit Bit, long Members);

/// <summary>Holds a rule against all stored segments at once.</summary>
public sealed class SegmentOverlaps(NpgsqlDataSource source)
{
    private const string Slots = "SELECT k.segment_id, s.name, k.slot, k.members FROM segment_slots k JOIN segments s ON s.id = k.segment_id WHERE s.slug <> $1 ORDER BY s.name";

    /// <param name="both">How many of the rule's members each of the segments has.</param>
    public static IReadOnlyList<SegmentOverlap> Of(IReadOnlyList<StoredSegment> segments, IReadOnlyList<long> both) =>
        [.. segments.Select((s, i) => new SegmentOverlap(s.Id, s.Name, both[i], s.Members)).OrderByDescending(o => o.Both).ThenBy(o => o.Name, StringComparer.Ordinal)];

    /// <param name="except">The key of the segment the rule belongs to.</param>
    public async Task<IReadOnlyList<StoredSegment>> SegmentsAsync(string? except, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Slots);
        command.Parameters.Add(new() { Value = except ?? "" });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var slots = new List<StoredSegment>();
        while (await row.ReadAsync(cancel))
            slots.Add(new(row.GetInt32(0), row.GetString(1), new(row.GetInt32(2), null), row.GetInt32(3)));
        return slots;
    }
}

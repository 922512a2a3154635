using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>What a rule shares with a segment whose members are stored.</summary>
/// <param name="Both">Shoppers in both.</param>
/// <param name="Members">Shoppers in the other one.</param>
public sealed record SegmentOverlap(int Id, string Name, long Both, long Members);

/// <summary>Holds a rule against all stored segments at once: one pass over its members, their bits counted in memory.</summary>
public sealed class SegmentOverlaps(NpgsqlDataSource source, SegmentCounter counter, IOptions<TargetingOptions> options)
{
    private const string Slots = "SELECT k.segment_id, s.name, k.slot, k.members FROM segment_slots k JOIN segments s ON s.id = k.segment_id WHERE s.slug <> $1 ORDER BY s.name";

    /// <param name="except">The key of the segment the rule belongs to.</param>
    /// <exception cref="NpgsqlException">It took longer than Targeting:CountPatience.</exception>
    public async Task<IReadOnlyList<SegmentOverlap>> OfAsync(CompiledSegment draft, SegmentSet set, string? except, CancellationToken cancel)
    {
        var slots = await SlotsAsync(except ?? "", cancel);
        var both = new long[slots.Count];
        var query = SegmentSql.Members(draft, set, counter.Now());
        await using var command = source.CreateCommand($"SELECT m.words, count(*) FROM ({query.Text}) d JOIN segment_members m ON m.shopper_id = d.id GROUP BY 1");
        command.CommandTimeout = (int)options.Value.CountPatience.TotalSeconds;
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var (words, shoppers) = (row.GetFieldValue<long[]>(0), row.GetInt64(1));
            for (var i = 0; i < both.Length; i++)
                if (slots[i].Bit is var bit && bit.Word < words.Length && (words[bit.Word] & bit.Mask) != 0)
                    both[i] += shoppers;
        }
        return [.. slots.Select((s, i) => new SegmentOverlap(s.Id, s.Name, both[i], s.Members)).OrderByDescending(o => o.Both).ThenBy(o => o.Name, StringComparer.Ordinal)];
    }

    private async Task<List<(int Id, string Name, SegmentBit Bit, long Members)>> SlotsAsync(string except, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Slots);
        command.Parameters.Add(new() { Value = except });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var slots = new List<(int, string, SegmentBit, long)>();
        while (await row.ReadAsync(cancel))
            slots.Add((row.GetInt32(0), row.GetString(1), new(row.GetInt32(2), null), row.GetInt32(3)));
        return slots;
    }
}

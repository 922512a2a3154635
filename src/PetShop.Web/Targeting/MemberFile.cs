using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>The members of a segment as a CSV file: ids for all of them, name and address only of those who agreed to mail and may get it.</summary>
public sealed class MemberFile(NpgsqlDataSource source, SegmentCounter counter, IOptions<TargetingOptions> options)
{
    private const string People = "SELECT m.id, m.first_name || ' ' || m.last_name, coalesce(m.email, ''), m.consent_email AND NOT m.is_suppressed FROM shoppers m";

    /// <summary>Why there is no file of this segment, in a sentence; null when there may be one.</summary>
    /// <param name="members">Its size; null where it depends on the visit.</param>
    public string? Refusal(CompiledSegment segment, long? members)
    {
        if (members is not { } count)
            return $"It depends on the visit ({string.Join(", ", segment.Needs.LiveTraits.Select(t => t.Label))}) and is decided page by page, so there is nobody to list.";
        return TooFew(count, options.Value.SmallestExport) is { } few ? $"{few} Widen the rule, or look at the members on the segment's page." : null;
    }

    /// <summary>That so few people make no file, in a sentence; null when they are enough.</summary>
    public static string? TooFew(long count, int smallest) =>
        count >= smallest ? null : $"It holds {count:#,0} {(count == 1 ? "shopper" : "shoppers")}; a file is made from {smallest} on, so that nobody can be told from it.";

    /// <summary>Writes the members as they are now, one row after the other.</summary>
    public async Task WriteAsync(CompiledSegment segment, SegmentSet set, Stream to, CancellationToken cancel)
    {
        var query = SegmentSql.Members(segment, set, counter.Now());
        await using var command = source.CreateCommand($"{People} WHERE m.id IN ({query.Text}) ORDER BY m.id");
        command.CommandTimeout = (int)options.Value.CountPatience.TotalSeconds;
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await using var text = new StreamWriter(to);
        // A name that begins with "=" must not become a formula where the file is opened.
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape });
        foreach (var heading in (string[])["shopper_id", "name", "email"])
            csv.WriteField(heading);
        await csv.NextRecordAsync();
        while (await row.ReadAsync(cancel))
        {
            var mayBeWritten = row.GetBoolean(3);
            csv.WriteField(row.GetGuid(0));
            csv.WriteField(mayBeWritten ? row.GetString(1).Trim() : "");
            csv.WriteField(mayBeWritten ? row.GetString(2) : "");
            await csv.NextRecordAsync();
        }
    }
}

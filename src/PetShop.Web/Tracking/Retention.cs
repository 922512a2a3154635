using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>How long each table keeps what it holds.</summary>
internal static partial class Retention
{
    private enum Kept { Events, Aggregates }

    // A month's partition goes as a whole; these take what stands in the default partition and in the month that is only partly over.
    private static readonly (string Table, Kept Kept, string Delete)[] Rules =
    [
        ("events", Kept.Events, "DELETE FROM events WHERE occurred_at < $1"),
        ("pets without an account", Kept.Events, "DELETE FROM pets WHERE visitor_id IS NOT NULL AND created_at < $1"),
        ("corrections without an account", Kept.Events, "DELETE FROM taste_corrections WHERE visitor_id IS NOT NULL AND made_at < $1"),
        ("carts without an account", Kept.Events, "DELETE FROM carts WHERE shopper_id IS NULL AND updated_at < $1"),
        ("entries and exits of segments", Kept.Events, "DELETE FROM segment_transitions WHERE at < $1"),
        ("letters to single readers", Kept.Events, "DELETE FROM campaign_recipients WHERE coalesce(decided_at, due_at) < $1"),
        ("dropped_events", Kept.Aggregates, "DELETE FROM dropped_events WHERE day < $1"),
        ("job_runs", Kept.Aggregates, "DELETE FROM job_runs WHERE started_at < $1"),
    ];

    /// <summary>Removes what is older than its limit.</summary>
    /// <returns>What went, table by table.</returns>
    public static async Task<string> ApplyAsync(NpgsqlConnection connection, DateTimeOffset now, TrackingOptions options, CancellationToken cancel)
    {
        List<string> removed = [.. await DropPartitionsAsync(connection, now.AddMonths(-options.EventMonths), cancel)];
        foreach (var (table, kept, delete) in Rules)
        {
            var before = now.AddMonths(kept == Kept.Events ? -options.EventMonths : -options.AggregateMonths);
            await using var command = new NpgsqlCommand(delete, connection);
            command.Parameters.Add(new() { Value = before.UtcDateTime });
            if (await command.ExecuteNonQueryAsync(cancel) is > 0 and var rows)
                removed.Add(string.Create(CultureInfo.InvariantCulture, $"{rows} rows of {table} from before {before:yyyy-MM-dd}"));
        }
        return removed.Count == 0 ? "Nothing was old enough." : $"Removed {string.Join(", ", removed)}.";
    }

    private static async Task<List<string>> DropPartitionsAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancel)
    {
        List<string> old = [];
        await using (var find = new NpgsqlCommand("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'events'::regclass", connection))
        await using (var reader = await find.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                if (EndOf(reader.GetString(0)) is { } end && end <= before)
                    old.Add(reader.GetString(0));
            }
        }
        foreach (var partition in old)
        {
            await using var drop = new NpgsqlCommand($"DROP TABLE {partition}", connection);
            await drop.ExecuteNonQueryAsync(cancel);
        }
        return old.ConvertAll(p => $"partition {p}");
    }

    /// <summary>First moment after the month of a partition; null for any other table.</summary>
    private static DateTimeOffset? EndOf(string partition) =>
        MonthlyPartition().Match(partition) is { Success: true } name
            ? DateTimeOffset.ParseExact(name.Groups[1].Value + "01", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).AddMonths(1)
            : null;

    [GeneratedRegex("^events_([0-9]{6})$")]
    private static partial Regex MonthlyPartition();
}

using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace PetShop.Web.Tracking;

/// <summary>Counts refused events by day and reason, without anything about who they came from.</summary>
public sealed class DroppedEventCounter(TimeProvider clock, TrackingMetrics metrics)
{
    private readonly ConcurrentDictionary<(DateOnly Day, string Reason), long> _counts = new();

    public void Count(string reason, long count = 1)
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        _counts.AddOrUpdate((day, reason), count, (_, had) => had + count);
        metrics.Dropped(reason, count);
    }

    /// <summary>Adds what was counted since the last flush to the table; keeps it for the next when that fails.</summary>
    public async Task FlushAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var counts = Take();
        if (counts.Count == 0)
            return;
        try
        {
            await using var command = source.CreateCommand("""
                INSERT INTO dropped_events (day, reason, count) SELECT * FROM unnest($1, $2, $3)
                ON CONFLICT (day, reason) DO UPDATE SET count = dropped_events.count + excluded.count
                """);
            command.Parameters.Add(new() { Value = counts.Select(c => c.Key.Day).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
            command.Parameters.Add(new() { Value = counts.Select(c => c.Key.Reason).ToArray() });
            command.Parameters.Add(new() { Value = counts.Select(c => c.Value).ToArray() });
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch
        {
            foreach (var (key, count) in counts)
                _counts.AddOrUpdate(key, count, (_, had) => had + count);
            throw;
        }
    }

    private List<KeyValuePair<(DateOnly Day, string Reason), long>> Take()
    {
        List<KeyValuePair<(DateOnly Day, string Reason), long>> taken = [];
        foreach (var key in _counts.Keys)
        {
            if (_counts.TryRemove(key, out var count))
                taken.Add(new(key, count));
        }
        return taken;
    }
}

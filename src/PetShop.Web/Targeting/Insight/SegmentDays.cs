using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>Writes what the members of each segment did on a day that is over. Who was a member at its first moment is worked back from entries and exits, so a missed night is made up for.</summary>
public sealed class SegmentDays(NpgsqlDataSource source, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private const int MostMissedDays = 31;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // $1 the day, $2 and $3 its first and last moment. A first move since then tells the opposite of it for before.
    private static readonly string OneDay = $"""
        WITH ordered AS (
            SELECT o.shopper_id, count(*) AS orders, sum(o.total_minor) AS revenue,
                   EXISTS (SELECT FROM orders b WHERE b.shopper_id = o.shopper_id AND b.status <> 5 AND b.placed_at < $2) AS again
            FROM orders o WHERE o.status <> 5 AND o.placed_at >= $2 AND o.placed_at < $3 AND o.shopper_id IS NOT NULL GROUP BY o.shopper_id),
        came AS (SELECT DISTINCT shopper_id FROM events WHERE occurred_at >= $2 AND occurred_at < $3 AND shopper_id IS NOT NULL),
        people AS (
            SELECT coalesce(c.shopper_id, o.shopper_id) AS shopper_id, c.shopper_id IS NOT NULL AS came, o.orders, o.revenue, o.again
            FROM came c FULL JOIN ordered o ON o.shopper_id = c.shopper_id),
        moved AS (
            SELECT DISTINCT ON (t.shopper_id, t.segment_id) t.shopper_id, t.segment_id, NOT t.entered AS was
            FROM segment_transitions t JOIN people p ON p.shopper_id = t.shopper_id WHERE t.at >= $2 ORDER BY t.shopper_id, t.segment_id, t.at, t.id),
        members AS (
            SELECT k.segment_id, p.came, p.orders, p.revenue, p.again
            FROM people p CROSS JOIN segment_slots k LEFT JOIN segment_members m ON m.shopper_id = p.shopper_id
            LEFT JOIN moved v ON v.shopper_id = p.shopper_id AND v.segment_id = k.segment_id
            WHERE coalesce(v.was, m.words[k.slot / {SegmentBit.PerWord} + 1] & (1::bigint << (k.slot % {SegmentBit.PerWord})) <> 0, false)
            UNION ALL SELECT 0, came, orders, revenue, again FROM people),
        figures AS (
            SELECT segment_id, count(*) FILTER (WHERE came) AS visitors, count(orders) FILTER (WHERE came) AS buying, count(orders) AS buyers, count(*) FILTER (WHERE again) AS repeats,
                   coalesce(sum(orders), 0) AS orders, coalesce(sum(revenue), 0) AS revenue
            FROM members GROUP BY segment_id),
        since AS (
            SELECT k.segment_id, (SELECT sum(CASE WHEN t.entered THEN 1 ELSE -1 END) FROM segment_transitions t WHERE t.segment_id = k.segment_id AND t.at >= $2) AS net
            FROM segment_slots k),
        sizes AS (
            SELECT k.segment_id, greatest(k.members - coalesce(s.net, 0), 0) AS size FROM segment_slots k LEFT JOIN since s ON s.segment_id = k.segment_id
            UNION ALL SELECT 0, count(*) FROM shoppers WHERE registered_at < $2)
        INSERT INTO segment_days (segment_id, day, members, visitors, buying_visitors, buyers, repeat_buyers, orders, revenue_minor)
        SELECT z.segment_id, $1, z.size, coalesce(f.visitors, 0), coalesce(f.buying, 0), coalesce(f.buyers, 0), coalesce(f.repeats, 0), coalesce(f.orders, 0), coalesce(f.revenue, 0)
        FROM sizes z LEFT JOIN figures f ON f.segment_id = z.segment_id
        ON CONFLICT (segment_id, day) DO UPDATE SET members = excluded.members, visitors = excluded.visitors, buying_visitors = excluded.buying_visitors, buyers = excluded.buyers,
            repeat_buyers = excluded.repeat_buyers, orders = excluded.orders, revenue_minor = excluded.revenue_minor
        """;

    private const string Last = "SELECT max(day), (SELECT min(filled_at) FROM segment_slots) FROM segment_days WHERE segment_id = 0";

    /// <summary>Writes every day that is over and missing; how many they were. None before members were first stored, and none while another replica is at it.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var turn = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('petshop.segment_days'))", connection, transaction);
        if (await turn.ExecuteScalarAsync(cancel) is not true)
            return 0;
        var days = await MissingAsync(connection, cancel);
        foreach (var day in days)
            await WriteAsync(connection, day, cancel);
        await transaction.CommitAsync(cancel);
        return days.Count;
    }

    private async Task<List<DateOnly>> MissingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Last, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var (written, filled) = (row.IsDBNull(0) ? (DateOnly?)null : row.GetFieldValue<DateOnly>(0), row.IsDBNull(1) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(1));
        if (written is null && filled is null)
            return [];
        var yesterday = Today().AddDays(-1);
        // The day on which members were first stored has no first moment that is known.
        var first = written?.AddDays(1) ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(filled!.Value, shop.Value.Zone).DateTime).AddDays(1);
        first = first > yesterday.AddDays(-MostMissedDays) ? first : yesterday.AddDays(-MostMissedDays);
        return [.. Enumerable.Range(0, Math.Max(0, yesterday.DayNumber - first.DayNumber + 1)).Select(first.AddDays)];
    }

    private async Task WriteAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(OneDay, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        foreach (var value in (ReadOnlySpan<object>)[day, Start(day), Start(day.AddDays(1))])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).DateTime);

    private DateTime Start(DateOnly day)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        return TimeZoneInfo.ConvertTimeToUtc(shop.Value.Zone.IsInvalidTime(wall) ? wall.AddHours(1) : wall, shop.Value.Zone);
    }
}

/// <summary>Looks every few minutes whether a day is over that is not written yet.</summary>
public sealed class SegmentDaysJob(SegmentDays days, IOptions<TargetingOptions> options, TimeProvider clock, ILogger<SegmentDaysJob> logger)
    : RecurringJob(options, clock, logger, "days of segments", TimeSpan.FromMinutes(10))
{
    public override Task RunAsync(CancellationToken cancel) => days.CatchUpAsync(cancel);
}

using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>What a group of people did in a stretch of time.</summary>
/// <param name="BuyingVisitors">Visitors who ordered; of the other buyers it is not known that they came.</param>
/// <param name="RepeatBuyers">Buyers who had ordered before the stretch, or more than once in it.</param>
public sealed record GroupFigures(long People, long Visitors, long BuyingVisitors, long Buyers, long RepeatBuyers, long Orders, long RevenueMinor)
{
    public double? Conversion => Share(BuyingVisitors, Visitors);
    public double? Repeat => Share(RepeatBuyers, Buyers);
    public double? OrdersPerHundred => People == 0 ? null : 100.0 * Orders / People;
    public double? RevenuePerPersonMinor => People == 0 ? null : (double)RevenueMinor / People;

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>One week of today's members beside the rest of the shop.</summary>
public sealed record SegmentWeek(DateOnly Monday, GroupFigures Inside, GroupFigures Outside);

/// <summary>Entries and exits of one day with their cause.</summary>
public sealed record SegmentMove(DateOnly Day, bool Entered, TransitionCause Cause, long Shoppers);

/// <summary>How often a banner was shown and clicked, among members or among the rest.</summary>
public sealed record BannerFigures(int Banner, bool IsMembers, long Shown, long Clicked);

/// <summary>Reads what today's members of a segment and the rest of the shop did, and who came and went.</summary>
public sealed class SegmentFigures(NpgsqlDataSource source, IOptions<TargetingOptions> options, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private static readonly string Inside = $"coalesce(m.words[k.slot / {SegmentBit.PerWord} + 1] & (1::bigint << (k.slot % {SegmentBit.PerWord})) <> 0, false)";

    private static readonly string Stretch = $"""
        WITH k AS MATERIALIZED (SELECT slot FROM segment_slots WHERE segment_id = $1),
        ordered AS (
            SELECT o.shopper_id, count(*) AS orders, sum(o.total_minor) AS revenue,
                   count(*) > 1 OR EXISTS (SELECT FROM orders b WHERE b.shopper_id = o.shopper_id AND b.status <> 5 AND b.placed_at < $2) AS again
            FROM orders o WHERE o.status <> 5 AND o.placed_at >= $2 AND o.placed_at < $3 AND o.shopper_id IS NOT NULL GROUP BY o.shopper_id),
        came AS (SELECT DISTINCT shopper_id FROM events WHERE occurred_at >= $2 AND occurred_at < $3 AND shopper_id IS NOT NULL)
        SELECT {Inside}, count(*), count(c.shopper_id), count(o.shopper_id) FILTER (WHERE c.shopper_id IS NOT NULL), count(o.shopper_id), count(*) FILTER (WHERE o.again), coalesce(sum(o.orders), 0)::bigint, coalesce(sum(o.revenue), 0)::bigint
        FROM shoppers s CROSS JOIN k LEFT JOIN segment_members m ON m.shopper_id = s.id LEFT JOIN ordered o ON o.shopper_id = s.id LEFT JOIN came c ON c.shopper_id = s.id GROUP BY 1
        """;

    private static readonly string Weeks = $"""
        WITH k AS MATERIALIZED (SELECT slot FROM segment_slots WHERE segment_id = $1)
        SELECT date_trunc('week', o.placed_at AT TIME ZONE $4)::date, {Inside}, count(DISTINCT o.shopper_id), count(*), sum(o.total_minor)::bigint
        FROM orders o CROSS JOIN k LEFT JOIN segment_members m ON m.shopper_id = o.shopper_id
        WHERE o.status <> 5 AND o.placed_at >= $2 AND o.placed_at < $3 AND o.shopper_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1
        """;

    private static readonly string Banners = $"""
        WITH k AS MATERIALIZED (SELECT slot FROM segment_slots WHERE segment_id = $1)
        SELECT e.banner_id, {Inside}, count(*) FILTER (WHERE e.type = {(int)EventType.BannerImpression}), count(*) FILTER (WHERE e.type = {(int)EventType.BannerClicked})
        FROM events e LEFT JOIN k ON true LEFT JOIN segment_members m ON m.shopper_id = e.shopper_id
        WHERE e.occurred_at >= $2 AND e.banner_id = ANY($3) AND e.type IN ({(int)EventType.BannerImpression}, {(int)EventType.BannerClicked}) GROUP BY 1, 2
        """;

    private const string Moves = """
        SELECT (at AT TIME ZONE $3)::date, entered, cause, count(*) FROM segment_transitions WHERE segment_id = $1 AND at >= $2 GROUP BY 1, 2, 3 ORDER BY 1, 2 DESC, 3
        """;

    private static readonly GroupFigures Nobody = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Views and clicks of banners, by today's members who were signed in and by everyone else.</summary>
    public async Task<IReadOnlyList<BannerFigures>> BannersAsync(int segment, int[] banners, DateTimeOffset since, CancellationToken cancel) => banners.Length == 0 ? []
        : await ReadAsync(Banners, r => new BannerFigures(r.GetInt32(0), r.GetBoolean(1), r.GetInt64(2), r.GetInt64(3)), cancel, segment, since.UtcDateTime, banners);

    /// <summary>The last days of today's members and of the rest; null where members are not stored.</summary>
    public async Task<(GroupFigures Inside, GroupFigures Outside)?> LastDaysAsync(int segment, int days, CancellationToken cancel)
    {
        var to = clock.GetUtcNow();
        var groups = await ReadAsync(Stretch, r => (r.GetBoolean(0), new GroupFigures(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7))), cancel,
            segment, to.AddDays(-days).UtcDateTime, to.UtcDateTime);
        GroupFigures Of(bool inside) => groups.Find(g => g.Item1 == inside) is { Item2: { } found } ? found : Nobody;
        return groups.Count == 0 ? null : (Of(true), Of(false));
    }

    /// <summary>The last whole weeks of today's members and of the rest, weeks without an order included; empty where members are not stored.</summary>
    /// <param name="people">How many they are inside and outside, for figures a head.</param>
    public async Task<IReadOnlyList<SegmentWeek>> LastWeeksAsync(int segment, int weeks, (long Inside, long Outside) people, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).DateTime);
        var end = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var rows = await ReadAsync(Weeks, r => (Monday: r.GetFieldValue<DateOnly>(0), Inside: r.GetBoolean(1), Buyers: r.GetInt64(2), Orders: r.GetInt64(3), Revenue: r.GetInt64(4)), cancel,
            segment, Utc(end.AddDays(-7 * weeks)), Utc(end), shop.Value.TimeZone);
        GroupFigures Of(DateOnly monday, bool inside) => rows.Where(r => r.Monday == monday && r.Inside == inside)
            .Select(r => new GroupFigures(inside ? people.Inside : people.Outside, 0, 0, r.Buyers, 0, r.Orders, r.Revenue)).FirstOrDefault(Nobody with { People = inside ? people.Inside : people.Outside });
        return [.. Enumerable.Range(0, weeks).Select(i => end.AddDays(-7 * (weeks - i))).Select(m => new SegmentWeek(m, Of(m, true), Of(m, false)))];
    }

    /// <summary>Who came and went in the last days, by cause; days on which nobody did are left out.</summary>
    public async Task<IReadOnlyList<SegmentMove>> MovesAsync(int segment, int days, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).DateTime);
        return await ReadAsync(Moves, r => new SegmentMove(r.GetFieldValue<DateOnly>(0), r.GetBoolean(1), (TransitionCause)r.GetInt16(2), r.GetInt64(3)), cancel, segment, Utc(today.AddDays(1 - days)), shop.Value.TimeZone);
    }

    private DateTime Utc(DateOnly day)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        return TimeZoneInfo.ConvertTimeToUtc(shop.Value.Zone.IsInvalidTime(wall) ? wall.AddHours(1) : wall, shop.Value.Zone);
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = (int)options.Value.CountPatience.TotalSeconds;
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await row.ReadAsync(cancel))
            rows.Add(read(row));
        return rows;
    }
}

using Microsoft.Extensions.Options;
using Npgsql;

namespace PetShop.Web.Areas.Admin.Reports;

/// <summary>One day of the shop, in its own time zone. Visitors, impressions and clicks are of those who agreed to be counted.</summary>
public sealed record DayFigures(DateOnly Day)
{
    public int Visitors { get; init; }
    /// <summary>Visitors who bought.</summary>
    public int Buyers { get; init; }
    public int RailsShown { get; init; }
    public int RailsClicked { get; init; }
    public int BannersShown { get; init; }
    public int BannersClicked { get; init; }
    public int Orders { get; init; }
    public long RevenueMinor { get; init; }

    public double? Conversion => Share(Buyers, Visitors);
    public double? RailClickRate => Share(RailsClicked, RailsShown);
    public double? BannerClickRate => Share(BannersClicked, BannersShown);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>Counts what happened day by day.</summary>
public sealed class DailyFigures(NpgsqlDataSource source, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private const string OfEvents = """
        SELECT (occurred_at AT TIME ZONE $1)::date, count(DISTINCT visitor_id)::int, (count(DISTINCT visitor_id) FILTER (WHERE type = 7))::int,
               (count(*) FILTER (WHERE type = 8))::int, (count(*) FILTER (WHERE type = 9))::int, (count(*) FILTER (WHERE type = 10))::int, (count(*) FILTER (WHERE type = 11))::int
        FROM events WHERE occurred_at >= $2 AND occurred_at < $3 GROUP BY 1
        """;

    private const string OfOrders = """
        SELECT (placed_at AT TIME ZONE $1)::date, count(*)::int, sum(total_minor)::bigint
        FROM orders WHERE status <> 5 AND placed_at >= $2 AND placed_at < $3 GROUP BY 1
        """;

    /// <summary>Now, as the clock on the shop's wall shows it.</summary>
    public DateTime LocalNow => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).DateTime;

    /// <summary>The days up to today, oldest first, days without anything included.</summary>
    public Task<IReadOnlyList<DayFigures>> LastDaysAsync(int days, CancellationToken cancel) =>
        ReadAsync(LocalNow.Date.AddDays(1 - days), LocalNow, cancel);

    /// <summary>The same weekday last week, up to this time of day.</summary>
    public async Task<DayFigures> LastWeekAsync(CancellationToken cancel) =>
        (await ReadAsync(LocalNow.Date.AddDays(-7), LocalNow.AddDays(-7), cancel))[0];

    private async Task<IReadOnlyList<DayFigures>> ReadAsync(DateTime from, DateTime to, CancellationToken cancel)
    {
        var days = new Dictionary<DateOnly, DayFigures>();
        for (var day = DateOnly.FromDateTime(from); day <= DateOnly.FromDateTime(to); day = day.AddDays(1))
            days[day] = new(day);
        await using var batch = source.CreateBatch();
        foreach (var sql in (ReadOnlySpan<string>)[OfEvents, OfOrders])
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in (ReadOnlySpan<object>)[shop.Value.TimeZone, Utc(from), Utc(to)])
                command.Parameters.Add(new() { Value = value });
            batch.BatchCommands.Add(command);
        }
        await using var row = await batch.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            if (days.TryGetValue(row.GetFieldValue<DateOnly>(0), out var day))
                days[day.Day] = day with { Visitors = row.GetInt32(1), Buyers = row.GetInt32(2), RailsShown = row.GetInt32(3), RailsClicked = row.GetInt32(4), BannersShown = row.GetInt32(5), BannersClicked = row.GetInt32(6) };
        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel))
            if (days.TryGetValue(row.GetFieldValue<DateOnly>(0), out var day))
                days[day.Day] = day with { Orders = row.GetInt32(1), RevenueMinor = row.GetInt64(2) };
        return [.. days.Values];
    }

    private DateTime Utc(DateTime local)
    {
        var zone = shop.Value.Zone;
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }
}

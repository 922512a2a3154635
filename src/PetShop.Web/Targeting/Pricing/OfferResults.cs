using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PetShop.Targeting.Experiments;

namespace PetShop.Web.Targeting.Pricing;

/// <summary>What was sold at an offer's price, over all its runs.</summary>
/// <param name="DiscountMinor">What buyers paid less than the public price.</param>
/// <param name="MarginMinor">Over the cost the goods have today, of those whose cost is known.</param>
/// <param name="WithoutCost">Lines of goods whose cost nobody wrote down.</param>
public sealed record OfferSales(long Orders, long Buyers, long RevenueMinor, long DiscountMinor, long MarginMinor, long WithoutCost);

/// <summary>Those who met an offer's price beside those from whom it was withheld.</summary>
/// <param name="Revenue">Of everything they ordered, whatever it was priced by.</param>
/// <param name="Margin">The same, over the cost of the goods.</param>
/// <param name="HeldOutRevenue">Sums over those from whom it was withheld and whose week is over.</param>
public sealed record OfferExperiment(ExperimentReading Revenue, ExperimentReading Margin, BeforeAfterSums HeldOutRevenue, long Reached, long Withheld, long Strays, DateTimeOffset? Since);

/// <summary>Reads what an offer brings.</summary>
public sealed class OfferResults(NpgsqlDataSource source, IOptions<ShopOptions> shop, TimeProvider clock)
{
    public const string Shown = "shown", HeldOut = "holdout";

    /// <summary>Intervals are tuned to as many people of both kinds; most comparisons of a small shop end by then.</summary>
    private const long Planned = 5000;

    private static readonly TimeSpan Earlier = TimeSpan.FromDays(90);

    // A person is the account with all its browsers, and counts under what they met first. Orders count for a week after that, and for the quarter before it to take out what people differed in anyway.
    private const string Sql = """
        WITH met AS (
            SELECT coalesce(e.shopper_id, l.shopper_id, e.visitor_id) AS person, e.occurred_at, split_part(e.strategy, ':', 2) AS arm
            FROM events e LEFT JOIN visitor_links l ON l.visitor_id = e.visitor_id
            WHERE e.type IN (16, 17) AND e.offer_id = $1 AND e.strategy LIKE $2),
        people AS (
            SELECT person, min(occurred_at) AS first_at, (array_agg(arm ORDER BY occurred_at))[1] AS arm, count(DISTINCT arm) > 1 AS strayed FROM met GROUP BY person),
        bought AS (
            SELECT coalesce(o.shopper_id, l.shopper_id, o.visitor_id) AS person, o.placed_at, o.goods_minor,
                   (SELECT coalesce(sum((ol.unit_price_minor - s.cost_minor) * ol.quantity), 0) FROM order_lines ol JOIN skus s ON s.id = ol.sku_id WHERE ol.order_id = o.id) AS margin
            FROM orders o LEFT JOIN visitor_links l ON l.visitor_id = o.visitor_id WHERE o.status <> 5 AND o.placed_at >= (SELECT min(first_at) FROM people) - $4::interval),
        outcomes AS (
            SELECT p.person, count(b.*) FILTER (WHERE b.placed_at >= p.first_at) AS orders,
                   coalesce(sum(b.goods_minor) FILTER (WHERE b.placed_at >= p.first_at), 0)::float8 AS after, coalesce(sum(b.goods_minor) FILTER (WHERE b.placed_at < p.first_at), 0)::float8 AS before,
                   coalesce(sum(b.margin) FILTER (WHERE b.placed_at >= p.first_at), 0)::float8 AS gain, coalesce(sum(b.margin) FILTER (WHERE b.placed_at < p.first_at), 0)::float8 AS gained
            FROM people p LEFT JOIN bought b ON b.person = p.person AND b.placed_at >= p.first_at - $4::interval AND b.placed_at < p.first_at + $3::interval GROUP BY p.person)
        SELECT p.arm, (p.first_at AT TIME ZONE $6)::date, p.first_at + $3::interval <= $5, count(*), count(*) FILTER (WHERE o.orders > 0), count(*) FILTER (WHERE p.strayed),
               sum(o.after), sum(o.after * o.after), sum(o.before), sum(o.before * o.before), sum(o.after * o.before),
               sum(o.gain), sum(o.gain * o.gain), sum(o.gained), sum(o.gained * o.gained), sum(o.gain * o.gained), min(p.first_at)
        FROM people p JOIN outcomes o ON o.person = p.person GROUP BY 1, 2, 3 ORDER BY 2, 1
        """;

    private const string SalesSql = """
        SELECT count(DISTINCT o.id), count(DISTINCT coalesce(o.shopper_id::text, o.email)), coalesce(sum(l.unit_price_minor * l.quantity), 0)::bigint,
               coalesce(sum((l.base_price_minor - l.unit_price_minor) * l.quantity), 0)::bigint, coalesce(sum((l.unit_price_minor - s.cost_minor) * l.quantity), 0)::bigint,
               count(*) FILTER (WHERE s.cost_minor IS NULL)
        FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN skus s ON s.id = l.sku_id WHERE l.price_offer_id = $1 AND o.status <> 5
        """;

    /// <summary>What stands with an event: the run keeps what was counted before a change apart.</summary>
    public static string Mark(int run, bool isShown) => $"{run}:{(isShown ? Shown : HeldOut)}";

    public async Task<OfferSales> SalesAsync(int offer, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(SalesSql);
        command.Parameters.Add(new() { Value = offer });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
    }

    /// <summary>How those who met the price do beside those who kept the public one, within a week of first meeting it.</summary>
    public async Task<OfferExperiment> ExperimentAsync(int offer, int run, int holdoutPercent, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        foreach (var (value, type) in new (object, NpgsqlDbType)[]
            { (offer, NpgsqlDbType.Integer), ($"{run}:%", NpgsqlDbType.Text), (BannerExperiments.Outcome, NpgsqlDbType.Interval), (Earlier, NpgsqlDbType.Interval), (clock.GetUtcNow().UtcDateTime, NpgsqlDbType.TimestampTz), (shop.Value.TimeZone, NpgsqlDbType.Text) })
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<ExperimentDay> revenue = [], margin = [];
        DateTimeOffset? since = null;
        while (await row.ReadAsync(cancel))
        {
            revenue.Add(Day(row, 6));
            margin.Add(Day(row, 11));
            since = row.GetFieldValue<DateTimeOffset>(16) is var at && at < (since ?? at) ? at : since ?? at;
        }
        (string, double)[] shares = [(HeldOut, holdoutPercent), (Shown, 100 - holdoutPercent)];
        return new(new(ExperimentMeasure.Revenue, shares, Planned, revenue), new(ExperimentMeasure.Revenue, shares, Planned, margin),
            revenue.Where(d => d.Variant == HeldOut && d.IsRipe).Aggregate(default(BeforeAfterSums), (all, d) => all + d.Revenue), Sum(Shown), Sum(HeldOut), revenue.Sum(d => d.Strays), since);

        long Sum(string arm) => revenue.Where(d => d.Variant == arm).Sum(d => d.Visitors);
    }

    private static ExperimentDay Day(NpgsqlDataReader row, int from) => new(
        row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetBoolean(2), row.GetInt64(3), 0, row.GetInt64(4), row.GetInt64(5),
        new(row.GetInt64(3), row.GetDouble(from), row.GetDouble(from + 1), row.GetDouble(from + 2), row.GetDouble(from + 3), row.GetDouble(from + 4)));
}

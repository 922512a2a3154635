using Npgsql;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Refreshes how products sell and what is looked at more than usual.</summary>
/// <remarks>Counts over everybody name nobody: orders count whether or not the buyer agreed to a profile; each household counts once.</remarks>
public sealed class StatsWriter(NpgsqlDataSource source, TimeProvider clock)
{
    // The sums are those of Trend (half-lives of 6 hours and 7 days), taken in the database because the rows are there.
    private const string Sql =
        """
        WITH looks AS (
            SELECT product_id, count(*) AS views, count(DISTINCT visitor_id) FILTER (WHERE occurred_at > $1::timestamptz - interval '7 days') AS visitors,
                   sum(power(2, -extract(epoch FROM $1::timestamptz - occurred_at) / 3600 / 6)) AS fast,
                   sum(power(2, -extract(epoch FROM $1::timestamptz - occurred_at) / 3600 / 168)) AS slow
            FROM events WHERE type = 1 AND product_id IS NOT NULL AND occurred_at > $1::timestamptz - interval '30 days' AND occurred_at <= $1 GROUP BY product_id
        ), days AS (
            SELECT product_id, count(*) AS repeaters FROM (
                SELECT n.product_id FROM orders o JOIN order_lines n ON n.order_id = o.id
                WHERE o.placed_at > $1::timestamptz - interval '365 days' AND o.placed_at <= $1 AND o.status <> 5
                GROUP BY n.product_id, coalesce(o.shopper_id::text, lower(o.email)) HAVING count(DISTINCT o.placed_at::date) > 1) r GROUP BY product_id
        ), cards AS (
            SELECT product_id, count(*) FILTER (WHERE type = 8) AS shown, count(*) FILTER (WHERE type = 9) AS clicked
            FROM events WHERE type IN (8, 9) AND product_id IS NOT NULL AND occurred_at > $1::timestamptz - interval '30 days' AND occurred_at <= $1 GROUP BY product_id
        ), sales AS (
            SELECT n.product_id, count(DISTINCT coalesce(o.shopper_id::text, lower(o.email))) FILTER (WHERE o.placed_at > $1::timestamptz - interval '30 days') AS month,
                   count(DISTINCT coalesce(o.shopper_id::text, lower(o.email))) AS year
            FROM orders o JOIN order_lines n ON n.order_id = o.id
            WHERE o.placed_at > $1::timestamptz - interval '365 days' AND o.placed_at <= $1 AND o.status <> 5 GROUP BY n.product_id
        )
        INSERT INTO product_stats (product_id, views_30d, buyers_30d, buyers_365d, repeaters_365d, shown_30d, clicked_30d, trending, updated_at)
        SELECT p.id, coalesce(l.views, 0), coalesce(s.month, 0), coalesce(s.year, 0), coalesce(d.repeaters, 0), coalesce(c.shown, 0), least(coalesce(c.shown, 0), coalesce(c.clicked, 0)),
               CASE WHEN l.visitors >= $2 THEN greatest(0, (l.fast - l.slow * 6 / 168) / sqrt(l.slow * 6 / 168 + 1)) ELSE 0 END, $1
        FROM products p LEFT JOIN looks l ON l.product_id = p.id LEFT JOIN sales s ON s.product_id = p.id LEFT JOIN days d ON d.product_id = p.id
        LEFT JOIN cards c ON c.product_id = p.id
        ON CONFLICT (product_id) DO UPDATE SET views_30d = excluded.views_30d, buyers_30d = excluded.buyers_30d, buyers_365d = excluded.buyers_365d, repeaters_365d = excluded.repeaters_365d,
            shown_30d = excluded.shown_30d, clicked_30d = excluded.clicked_30d, trending = excluded.trending, updated_at = excluded.updated_at
        """;

    public async Task WriteAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using (var write = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 })
        {
            write.Parameters.Add(new() { Value = clock.GetUtcNow() });
            write.Parameters.Add(new() { Value = (long)Trend.MinVisitors });
            await write.ExecuteNonQueryAsync(cancel);
        }
        await using var notify = new NpgsqlCommand("SELECT pg_notify('petshop_models', $1)", connection);
        notify.Parameters.Add(new() { Value = TrainedNews.Stats });
        await notify.ExecuteNonQueryAsync(cancel);
    }
}

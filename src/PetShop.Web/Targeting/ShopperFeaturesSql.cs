namespace PetShop.Web.Targeting;

/// <summary>The statements that keep shopper_features: everything is made from orders and events, set by set.</summary>
internal static class ShopperFeaturesSql
{
    /// <summary>The windows that figures look back over; whoever has an event that left one is made anew (<see cref="FeatureLook"/>).</summary>
    internal const string Visits = "interval '720 hours'", Leanings = "interval '8760 hours'";

    /// <summary>Types of the events that tell what someone likes: views, carts, wish lists, purchases.</summary>
    internal const string Leaning = "1, 4, 6, 7";

    /// <summary>Features of the shoppers $1 (null for all) as of $2, from what happened before it; windows are hours, since an interval of days would follow the clock of the session's time zone; views count once, carts thrice, purchases five times for what someone likes.</summary>
    public const string Refresh = $"""
        INSERT INTO shopper_features (shopper_id, first_order_at, last_order_at, orders_count, revenue_minor, last_seen_at, sessions_30d, top_department, updated_at)
        SELECT s.id, o.first_at, o.last_at, coalesce(o.orders, 0), coalesce(o.revenue, 0), greatest(v.seen_at, o.last_at), coalesce(v.sessions, 0), d.department, $2
        FROM shoppers s
        LEFT JOIN (
            SELECT shopper_id, min(placed_at) AS first_at, max(placed_at) AS last_at, count(*)::int AS orders, sum(goods_minor)::bigint AS revenue
            FROM orders WHERE status <> 5 AND placed_at < $2 AND ($1::uuid[] IS NULL OR shopper_id = ANY($1)) GROUP BY shopper_id
        ) o ON o.shopper_id = s.id
        LEFT JOIN (
            SELECT shopper_id, max(occurred_at) AS seen_at, (count(DISTINCT session_id) FILTER (WHERE occurred_at >= $2 - {Visits}))::int AS sessions
            FROM events WHERE shopper_id IS NOT NULL AND occurred_at < $2 AND ($1::uuid[] IS NULL OR shopper_id = ANY($1)) GROUP BY shopper_id
        ) v ON v.shopper_id = s.id
        LEFT JOIN (
            SELECT DISTINCT ON (shopper_id) shopper_id, department FROM (
                SELECT e.shopper_id, p.department, sum(CASE e.type WHEN 7 THEN 5 WHEN 4 THEN 3 ELSE 1 END) AS weight
                FROM events e JOIN products p ON p.id = e.product_id
                WHERE e.type IN ({Leaning}) AND e.occurred_at >= $2 - {Leanings} AND e.occurred_at < $2 AND ($1::uuid[] IS NULL OR e.shopper_id = ANY($1)) AND e.shopper_id IS NOT NULL
                GROUP BY 1, 2) w ORDER BY shopper_id, weight DESC, department
        ) d ON d.shopper_id = s.id
        WHERE $1::uuid[] IS NULL OR s.id = ANY($1)
        ON CONFLICT (shopper_id) DO UPDATE SET first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, orders_count = excluded.orders_count,
            revenue_minor = excluded.revenue_minor, last_seen_at = excluded.last_seen_at, sessions_30d = excluded.sessions_30d, top_department = excluded.top_department,
            updated_at = excluded.updated_at
        WHERE (shopper_features.first_order_at, shopper_features.last_order_at, shopper_features.orders_count, shopper_features.revenue_minor, shopper_features.last_seen_at,
               shopper_features.sessions_30d, shopper_features.top_department)
              IS DISTINCT FROM
              (excluded.first_order_at, excluded.last_order_at, excluded.orders_count, excluded.revenue_minor, excluded.last_seen_at, excluded.sessions_30d, excluded.top_department)
        """;

    /// <summary>Scores of 1 to 5 by fifths of all buyers, equal figures together; who never bought has none. Only those whose score is another one are written.</summary>
    /// <remarks>
    /// The percent rank of a figure is the share of the other buyers who stand below it, so the score is above k where at least k fifths of n - 1 do: where the figure is greater than the one at place ceil(k (n - 1) / 5).
    /// Four such figures of each kind take the place of three sorts of all rows and a join. Half a place less keeps the fraction from falling on the wrong side of a whole one.
    /// </remarks>
    public const string Scores = $"""
        WITH places AS (
            SELECT array_agg(((ceil(k * (n - 1) / 5.0) - 0.5) / n)::float8 ORDER BY k) AS at
            FROM (SELECT count(*) AS n FROM shopper_features WHERE orders_count > 0) b CROSS JOIN generate_series(1, 4) k WHERE n > 1),
        cuts AS MATERIALIZED (
            SELECT percentile_disc((SELECT at FROM places)) WITHIN GROUP (ORDER BY coalesce(last_order_at, 'infinity')) AS recency,
                   percentile_disc((SELECT at FROM places)) WITHIN GROUP (ORDER BY orders_count) AS frequency,
                   percentile_disc((SELECT at FROM places)) WITHIN GROUP (ORDER BY revenue_minor) AS monetary
            FROM shopper_features WHERE orders_count > 0)
        UPDATE shopper_features f SET rfm_recency = {Recency}, rfm_frequency = {Frequency}, rfm_monetary = {Monetary}
        FROM cuts c WHERE (f.rfm_recency, f.rfm_frequency, f.rfm_monetary) IS DISTINCT FROM ({Recency}, {Frequency}, {Monetary})
        """;

    private const string Recency = "CASE WHEN f.orders_count > 0 THEN (1 + coalesce((coalesce(f.last_order_at, 'infinity') > c.recency[1])::int, 0) + coalesce((coalesce(f.last_order_at, 'infinity') > c.recency[2])::int, 0) + coalesce((coalesce(f.last_order_at, 'infinity') > c.recency[3])::int, 0) + coalesce((coalesce(f.last_order_at, 'infinity') > c.recency[4])::int, 0))::smallint END";
    private const string Frequency = "CASE WHEN f.orders_count > 0 THEN (1 + coalesce((f.orders_count > c.frequency[1])::int, 0) + coalesce((f.orders_count > c.frequency[2])::int, 0) + coalesce((f.orders_count > c.frequency[3])::int, 0) + coalesce((f.orders_count > c.frequency[4])::int, 0))::smallint END";
    private const string Monetary = "CASE WHEN f.orders_count > 0 THEN (1 + coalesce((f.revenue_minor > c.monetary[1])::int, 0) + coalesce((f.revenue_minor > c.monetary[2])::int, 0) + coalesce((f.revenue_minor > c.monetary[3])::int, 0) + coalesce((f.revenue_minor > c.monetary[4])::int, 0))::smallint END";
}

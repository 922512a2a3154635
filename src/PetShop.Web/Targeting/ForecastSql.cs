namespace PetShop.Web.Targeting;

/// <summary>The statements of the forecasts: histories of buyers out, forecasts in.</summary>
internal static class ForecastSql
{
    /// <summary>Of each buyer: repeat days, first and last day in the zone $1, and the mean of what repeat days were worth; orders before $2 that stand.</summary>
    public const string Histories = """
        SELECT shopper_id, count(*)::int - 1, min(day), max(day), ((sum(spent) - (array_agg(spent ORDER BY day))[1]) / nullif(count(*) - 1, 0))::float8
        FROM (
            SELECT shopper_id, (placed_at AT TIME ZONE $1)::date AS day, sum(goods_minor) AS spent
            FROM orders WHERE status <> 5 AND shopper_id IS NOT NULL AND placed_at < $2 GROUP BY 1, 2
        ) d GROUP BY shopper_id ORDER BY shopper_id
        """;

    /// <summary>What people did with each category before $1, halved for every $2 days that have passed since; views count once, carts thrice, purchases five times.</summary>
    public static readonly InterestSql Categories = Interest("categories c ON c.id = p.category_id", "c.slug", "top_category");

    /// <summary>The same with each brand.</summary>
    public static readonly InterestSql Brands = Interest("brands b ON b.id = p.brand_id", "b.slug", "top_brand");

    /// <summary>One turn at the features, shared with the job that makes them.</summary>
    public const string Turn = "SELECT pg_advisory_xact_lock(hashtext('petshop.features'))";

    /// <summary>Writes what changed: who stays as they were is nobody to ask the rules about.</summary>
    public const string Store = """
        UPDATE shopper_features f SET churn_permille = n.churn, alive_permille = n.alive, value_year_minor = n.value, next_order_on = n.next_on, forecast_at = $6
        FROM unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::bigint[], $5::date[]) AS n (shopper_id, churn, alive, value, next_on)
        WHERE f.shopper_id = n.shopper_id AND (f.churn_permille, f.alive_permille, f.value_year_minor, f.next_order_on) IS DISTINCT FROM (n.churn, n.alive, n.value, n.next_on)
        """;

    /// <summary>Whose orders are gone, who is not among the buyers $1, has no forecast either.</summary>
    public const string Clear = """
        UPDATE shopper_features f SET churn_permille = NULL, alive_permille = NULL, value_year_minor = NULL, next_order_on = NULL, forecast_at = NULL
        FROM shopper_features g LEFT JOIN unnest($1::uuid[]) AS n (id) ON n.id = g.shopper_id
        WHERE f.shopper_id = g.shopper_id AND g.forecast_at IS NOT NULL AND n.id IS NULL
        """;

    /// <summary>Writes what the shoppers $1 lean to, categories $2 and brands $3 with commas between, as of $4, where it is not what it was.</summary>
    public const string StoreInterests = """
        INSERT INTO shopper_interests (shopper_id, categories, brands, changed_at)
        SELECT n.shopper_id, string_to_array(n.categories, ','), string_to_array(n.brands, ','), $4
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n (shopper_id, categories, brands) JOIN shoppers s ON s.id = n.shopper_id
        ON CONFLICT (shopper_id) DO UPDATE SET categories = excluded.categories, brands = excluded.brands, changed_at = excluded.changed_at
        WHERE (shopper_interests.categories, shopper_interests.brands) IS DISTINCT FROM (excluded.categories, excluded.brands)
        """;

    /// <summary>Who is not among the shoppers $1 leans to nothing, since $2.</summary>
    public const string ClearInterests = """
        UPDATE shopper_interests i SET categories = '{}', brands = '{}', changed_at = $2
        FROM shopper_interests j LEFT JOIN unnest($1::uuid[]) AS n (id) ON n.id = j.shopper_id
        WHERE i.shopper_id = j.shopper_id AND n.id IS NULL AND cardinality(j.categories) + cardinality(j.brands) > 0
        """;

    private const string Strength = "sum((CASE e.type WHEN 7 THEN 5 WHEN 4 THEN 3 ELSE 1 END) * power(0.5::float8, (extract(epoch FROM $1 - e.occurred_at) / 86400 / $2)::float8))";

    private static InterestSql Interest(string things, string slug, string column)
    {
        var deeds = $"events e JOIN products p ON p.id = e.product_id JOIN {things} WHERE e.type IN (1, 4, 6, 7) AND e.occurred_at < $1 AND e.occurred_at > $1 - interval '365 days' AND e.shopper_id IS NOT NULL";
        return new(
            $"SELECT {slug}, {Strength} FROM {deeds} GROUP BY 1 HAVING {Strength} > 0",
            $"SELECT e.shopper_id, {slug}, {Strength} FROM {deeds} GROUP BY 1, 2 HAVING {Strength} > 0 ORDER BY 1, 2",
            $"""
            UPDATE shopper_features f SET {column} = n.slug
            FROM shopper_features g LEFT JOIN unnest($1::uuid[], $2::text[]) AS n (shopper_id, slug) ON n.shopper_id = g.shopper_id
            WHERE f.shopper_id = g.shopper_id AND f.{column} IS DISTINCT FROM n.slug
            """);
    }
}

/// <summary>The statements of one kind of favourite.</summary>
/// <param name="OfShop">Strength of each thing over the whole shop.</param>
/// <param name="OfShoppers">The same of each shopper, one after the other.</param>
/// <param name="Store">Favourites of the shoppers $1; everyone else leans to nothing.</param>
internal sealed record InterestSql(string OfShop, string OfShoppers, string Store);

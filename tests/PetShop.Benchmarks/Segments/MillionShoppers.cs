using Npgsql;

namespace PetShop.Benchmarks.Segments;

/// <summary>Fills a scratch database with shoppers, their figures, pets and half a year of events, all by the database itself and always the same.</summary>
internal static class MillionShoppers
{
    private const string Orders = "CASE WHEN n % 3 > 0 THEN 1 + n % 9 ELSE 0 END";
    private const string LastOrder = "CASE WHEN n % 3 > 0 THEN now() - (n % 260) * interval '1 day' - n % 86400 * interval '1 second' END";

    private const string LastSeen = "now() - (n % 120) * interval '1 day' - n % 86000 * interval '1 second'";

    // Those of an earlier run ordered and came back again and again; whoever did so just now moves no further.
    private const string Before = $"""
        UPDATE shopper_features f SET orders_count = o.orders, last_order_at = o.last_order, sessions_30d = o.sessions, last_seen_at = o.last_seen
        FROM (SELECT md5('s' || n)::uuid AS id, {Orders} AS orders, {LastOrder} AS last_order, n % 8 AS sessions, {LastSeen} AS last_seen FROM generate_series(1, @shoppers) n) o
        WHERE f.shopper_id = o.id AND (f.orders_count, f.sessions_30d) <> (o.orders, o.sessions)
        """;

    private static readonly string[] Steps =
    [
        "INSERT INTO categories (id, slug, name, parent_id, department, path, blurb, sort_order) SELECT n, 'c' || n, 'c', CASE WHEN n > 8 THEN 1 + n % 8 END, 'c' || 1 + n % 8, CASE WHEN n > 8 THEN ARRAY['c' || 1 + n % 8, 'c' || n] ELSE ARRAY['c' || n] END, '', n FROM generate_series(1, 40) n",
        "INSERT INTO brands (id, slug, name, blurb, hue, secondary_hue) SELECT n, 'brand-' || n, 'b', '', 1, 1 FROM generate_series(1, 30) n",
        """
        INSERT INTO products (id, slug, name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens, ration, seasons, is_medicine, illustration, released_on, is_active, search_text)
        SELECT n, 'p' || n, 'p', 1 + n % 30, 1 + n % 40, 'dog', '{}', '{}', '{}', '', '', '{}', '{}', '{}', 0, '{}', false, 'parcel', '2026-01-01', true, '' FROM generate_series(1, 430) n
        """,
        """
        INSERT INTO shoppers (id, first_name, last_name, birth_year, country, city, postcode, language, organisation_kind, quiz_values, registered_at, rollout_key, consent_analytics, consent_personalisation,
            consent_email, consent_prices, is_suppressed, email, normalized_email, user_name, normalized_user_name, security_stamp, concurrency_stamp, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
        SELECT md5('s' || n)::uuid, 'First', 'Last', 1940 + n % 70, (ARRAY['NL', 'DE', 'BE', 'FR', 'AT'])[1 + n % 5], 'City ' || n % 900, (1000 + n % 9000)::text, 'nl', CASE WHEN n % 50 = 0 THEN 'shelter' END,
            CASE n % 4 WHEN 0 THEN '{sustainability}' WHEN 1 THEN '{price,natural}' ELSE '{}' END::text[], now() - (n % 1500) * interval '1 day', md5('v' || n), n % 10 <> 0, n % 7 <> 0, n % 3 = 0, n % 2 = 0, false,
            'p' || n || '@example.com', 'P' || n || '@EXAMPLE.COM', 'p' || n || '@example.com', 'P' || n || '@EXAMPLE.COM', md5('x' || n), md5('y' || n), true, false, false, true, 0
        FROM generate_series(1, @shoppers) n
        """,
        $"""
        INSERT INTO shopper_features (shopper_id, first_order_at, last_order_at, orders_count, revenue_minor, last_seen_at, sessions_30d, top_department, top_brand, rfm_recency, rfm_frequency, rfm_monetary, updated_at)
        SELECT md5('s' || n)::uuid, CASE WHEN n % 3 > 0 THEN now() - interval '500 days' END, {LastOrder}, {Orders},
            CASE WHEN n % 3 > 0 THEN (1 + n % 9) * (1500 + n % 5000) ELSE 0 END, {LastSeen}, n % 8, (ARRAY['dog', 'cat', 'rabbit', 'horse'])[1 + n % 4], 'brand-' || 1 + n % 30,
            CASE WHEN n % 3 > 0 THEN 1 + n % 5 END, CASE WHEN n % 3 > 0 THEN 1 + n / 5 % 5 END, CASE WHEN n % 3 > 0 THEN 1 + n / 25 % 5 END, now()
        FROM generate_series(1, @shoppers) n
        """,
        """
        INSERT INTO pets (id, shopper_id, name, species, born_on, weight_g, adult_weight_g, allergies, created_at)
        SELECT md5('p' || n)::uuid, md5('s' || 1 + n * 7 % @shoppers)::uuid, 'Luna', (ARRAY['dog', 'cat', 'rabbit', 'dog', 'horse'])[1 + n % 5], CURRENT_DATE - (n % 5000)::int, 2000 + n % 40000, 2000 + n % 40000, '{}', now()
        FROM generate_series(1, @shoppers * 6 / 5) n
        """,
        """
        INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, product_id, quantity, value_minor)
        SELECT md5('e' || n)::uuid, now() - (@shoppers * 6 - n) * (interval '180 days' / (@shoppers * 6)), (ARRAY[1, 1, 1, 1, 2, 4, 7])[1 + n % 7], md5('v' || n % 1000)::uuid, md5('s' || 1 + n * 11 % @shoppers)::uuid, 1 + n % 430, 1, 500 + n % 9000
        FROM generate_series(1, @shoppers * 6) n
        """,
        "DELETE FROM segment_marks",
        "ANALYZE",
    ];

    public static Task FillAsync(NpgsqlDataSource source, long shoppers) => RunAsync(source, shoppers, Steps);

    /// <summary>Takes back what <see cref="SegmentsBenchmark"/> did to the figures of shoppers.</summary>
    public static Task RestoreAsync(NpgsqlDataSource source, long shoppers) => RunAsync(source, shoppers, [Before]);

    private static async Task RunAsync(NpgsqlDataSource source, long shoppers, string[] steps)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var step in steps)
        {
            await using var command = new NpgsqlCommand(step.Replace("@shoppers", $"{shoppers}::bigint", StringComparison.Ordinal), connection, transaction) { CommandTimeout = 1800 };
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }
}

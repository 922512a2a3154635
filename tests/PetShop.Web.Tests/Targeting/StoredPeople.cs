using Npgsql;
using NpgsqlTypes;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Tests.Targeting;

/// <summary>Puts people made by chance into the database, with the small catalogue their events speak of.</summary>
internal static class StoredPeople
{
    public static async Task StoreAsync(this NpgsqlDataSource source, IReadOnlyList<VisitorFacts> people)
    {
        await RunAsync(source, """
            INSERT INTO categories (id, slug, name, parent_id, department, path, blurb, sort_order) VALUES
                (1, 'dog', 'd', NULL, 'dog', '{dog}', '', 1), (2, 'dog-food', 'd', 1, 'dog', '{dog,dog-food}', '', 2), (3, 'dry-dog-food', 'd', 2, 'dog', '{dog,dog-food,dry-dog-food}', '', 3),
                (4, 'cat', 'c', NULL, 'cat', '{cat}', '', 4), (5, 'cat-litter', 'c', 4, 'cat', '{cat,cat-litter}', '', 5);
            INSERT INTO brands (id, slug, name, blurb, hue, secondary_hue) VALUES (1, 'northpaw', 'n', '', 1, 1), (2, 'zz', 'z', '', 1, 1);
            INSERT INTO products (id, slug, name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens, ration, seasons, is_medicine, illustration, released_on, is_active, search_text)
            SELECT 116 + n, 'p' || n, 'p', 1 + n % 2, 2 + n, 'dog', '{}', '{}', '{}', '', '', '{}', '{}', '{}', 0, '{}', false, 'parcel', '2026-01-01', n <> 2, '' FROM generate_series(1, 3) n;
            INSERT INTO shopper_lists (slug, name, note, updated_at, updated_by) SELECT k, k, '', now(), '' FROM unnest('{vip-2026,kittens}'::text[]) k;
            """);
        foreach (var p in people)
            await source.StoreAsync(p);
    }

    public static async Task StoreAsync(this NpgsqlDataSource source, VisitorFacts p)
    {
        await StorePersonAsync(source, p);
        await source.RunAsync("INSERT INTO shopper_list_members (list_id, shopper_id) SELECT id, $1 FROM shopper_lists WHERE slug = ANY($2)", p.ShopperId, p.Lists.ToArray());
        foreach (var pet in p.Pets)
            await source.StoreAsync(p.ShopperId!.Value, pet);
        foreach (var e in p.Events)
            await source.StoreAsync(p.ShopperId!.Value, e);
    }

    public static Task StoreAsync(this NpgsqlDataSource source, Guid shopper, PetFacts pet) =>
        source.RunAsync("INSERT INTO pets (id, shopper_id, name, species, breed, born_on, weight_g, adult_weight_g, neutered, activity, diet, allergies, created_at) VALUES (gen_random_uuid(), $1, 'Luna', $2, $3, $4, $5, $6, $7, $8, $9, $10, now())",
            shopper, pet.Species, pet.Breed, pet.BornOn, pet.WeightG, pet.AdultWeightG, pet.Neutered, pet.Activity, pet.Diet, pet.Allergies.ToArray());

    public static Task StoreAsync(this NpgsqlDataSource source, Guid shopper, BehaviourFacts e) =>
        source.RunAsync("INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, product_id, category_id, quantity, value_minor, query) VALUES (gen_random_uuid(), $1, $2, $3, $3, $4, (SELECT id FROM categories WHERE slug = $5), $6, $7, $8)",
            e.OccurredAt.UtcDateTime, (short)e.Type, shopper, e.ProductId, e.CategoryPath is { Count: > 0 } path ? path[^1] : null, e.Quantity, e.ValueMinor, e.Query);

    private static async Task StorePersonAsync(NpgsqlDataSource source, VisitorFacts p)
    {
        bool Agreed(ConsentPurposes purpose) => p.Consents.HasFlag(purpose);
        await RunAsync(source, """
            INSERT INTO shoppers (id, first_name, last_name, birth_year, country, city, postcode, language, organisation_kind, quiz_values, registered_at, rollout_key,
                consent_analytics, consent_personalisation, consent_email, consent_prices, is_suppressed, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            VALUES ($1, '', '', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, random() < 0.3, true, false, false, false, 0)
            """, p.ShopperId, p.BirthYear, p.Country, p.City, p.Postcode, p.Language, p.OrganisationKind, p.QuizValues.ToArray(), p.RegisteredAt!.Value.UtcDateTime, p.RolloutKey,
            Agreed(ConsentPurposes.Analytics), Agreed(ConsentPurposes.Personalisation), Agreed(ConsentPurposes.Email), Agreed(ConsentPurposes.Prices));
        if (p.OrdersCount > 0)
            await RunAsync(source, """
                INSERT INTO shopper_features (shopper_id, last_order_at, orders_count, revenue_minor, last_seen_at, sessions_30d, top_department, top_brand, rfm_recency, rfm_frequency, rfm_monetary,
                    churn_permille, value_year_minor, next_order_on, top_category, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, now())
                """, p.ShopperId, p.LastOrderAt?.UtcDateTime, p.OrdersCount, p.RevenueMinor, p.LastSeenAt?.UtcDateTime, p.Sessions30d, p.TopDepartment, p.TopBrand, (short?)p.RfmRecency, (short?)p.RfmFrequency, (short?)p.RfmMonetary,
                (short?)p.ChurnPermille, p.ValueYearMinor, p.NextOrderOn, p.TopCategory);
        if (p.LikedCategories.Count + p.LikedBrands.Count > 0)
            await RunAsync(source, "INSERT INTO shopper_interests (shopper_id, categories, brands, changed_at) VALUES ($1, $2, $3, now())", p.ShopperId, p.LikedCategories.ToArray(), p.LikedBrands.ToArray());
    }

    public static async Task RunAsync(this NpgsqlDataSource source, string sql, params object?[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown } : new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}

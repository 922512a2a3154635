using Npgsql;
using NpgsqlTypes;

namespace PetShop.Web.Privacy;

/// <summary>Gathers everything the shop holds about one person, section by section.</summary>
public sealed class PersonalData(NpgsqlDataSource source, IEnumerable<PersonalDataSource> others, IServiceProvider services)
{
    private const string OfPerson = "(shopper_id = @shopper OR visitor_id = ANY(@visitors))";

    // Secrets of sign-in (password hash, stamps, tokens) are about the account's safety, not about the person.
    private static readonly (string Name, string Sql)[] Sections =
    [
        ("profile", """
            SELECT id, first_name, last_name, email, phone_number, birth_year, country, city, postcode, language, household, organisation_kind, quiz_values,
                   registered_at, consent_analytics, consent_personalisation, consent_email, consent_prices, is_suppressed, rollout_key, external_id
            FROM shoppers WHERE id = @shopper
            """),
        ("addresses", "SELECT full_name, line1, line2, postcode, city, country, phone, is_default FROM addresses WHERE shopper_id = @shopper ORDER BY id"),
        ("pets", $"SELECT id, name, species, breed, born_on, weight_g, adult_weight_g, neutered, activity, diet, allergies, quiz_values, died_on, created_at FROM pets WHERE {OfPerson} ORDER BY created_at"),
        ("corrections", $"""
            SELECT c.product_id, p.name AS product, CASE c.kind WHEN 1 THEN 'not for me' WHEN 2 THEN 'not my pet' WHEN 3 THEN 'was a gift' WHEN 4 THEN 'already have it' END AS what, c.made_at
            FROM taste_corrections c JOIN products p ON p.id = c.product_id WHERE {OfPerson} ORDER BY c.made_at
            """),
        ("wish_list", "SELECT w.product_id, p.name AS product, w.added_at FROM wish_list_items w JOIN products p ON p.id = w.product_id WHERE w.shopper_id = @shopper ORDER BY w.added_at"),
        ("cart", """
            SELECT l.sku_id, p.name AS product, k.label, l.quantity, l.added_at, l.recommendation_id
            FROM carts c JOIN cart_lines l ON l.cart_id = c.id JOIN skus k ON k.id = l.sku_id JOIN products p ON p.id = k.product_id
            WHERE c.shopper_id = @shopper ORDER BY l.added_at
            """),
        ("orders", $"""
            SELECT number, placed_at, status, email, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, payment_reference,
                   full_name, line1, line2, postcode, city, country, phone
            FROM orders WHERE {OfPerson} ORDER BY placed_at
            """),
        ("prices_shown", $"""
            SELECT e.occurred_at AS shown_at, e.placement AS shown_in, e.product_id, p.name AS product, k.label, CASE e.type WHEN 16 THEN e.value_minor ELSE e.public_minor END AS shown_minor, e.public_minor,
                   (SELECT v.content->>'reason' FROM price_offer_versions v WHERE v.offer_id = e.offer_id AND v.saved_at <= e.occurred_at ORDER BY v.version DESC LIMIT 1) AS reason, e.offer_id,
                   e.type = 17 AS public_price_kept_to_compare
            FROM events e LEFT JOIN products p ON p.id = e.product_id LEFT JOIN skus k ON k.id = e.sku_id WHERE e.type IN (16, 17) AND {OfPerson} ORDER BY e.occurred_at
            """),
        ("prices_paid", $"""
            SELECT o.number AS order_number, l.product_id, l.product_name, l.sku_label, l.quantity, l.unit_price_minor AS paid_minor, l.base_price_minor AS public_minor,
                   l.price_reason, l.price_offer_id, l.recommendation_id
            FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE {OfPerson} ORDER BY o.placed_at, l.id
            """),
        ("reviews", "SELECT r.product_id, p.name AS product, r.display_name, r.rating, r.title, r.text, r.created_at, r.is_hidden FROM reviews r JOIN products p ON p.id = r.product_id WHERE r.shopper_id = @shopper ORDER BY r.created_at"),
        ("events", $"""
            SELECT e.*, CASE e.type WHEN 1 THEN 'product viewed' WHEN 2 THEN 'category viewed' WHEN 3 THEN 'searched' WHEN 4 THEN 'added to cart' WHEN 5 THEN 'removed from cart'
                WHEN 6 THEN 'wish-listed' WHEN 7 THEN 'purchased' WHEN 8 THEN 'rail seen' WHEN 9 THEN 'rail clicked' WHEN 10 THEN 'banner seen' WHEN 11 THEN 'banner clicked'
                WHEN 12 THEN 'search result clicked' WHEN 13 THEN 'disliked' WHEN 14 THEN 'page viewed' WHEN 15 THEN 'banner withheld, to compare'
                WHEN 16 THEN 'personal price shown' WHEN 17 THEN 'personal price withheld, to compare' END AS what
            FROM events e WHERE {OfPerson} ORDER BY occurred_at
            """),
        ("facts_for_segments", "SELECT * FROM shopper_features WHERE shopper_id = @shopper"),
        ("liked_categories_and_brands", "SELECT categories, brands, changed_at FROM shopper_interests WHERE shopper_id = @shopper"),
        ("linked_browsers", "SELECT visitor_id, linked_at FROM visitor_links WHERE shopper_id = @shopper ORDER BY linked_at"),
        ("consent_receipts", $"SELECT * FROM consent_receipts WHERE {OfPerson} ORDER BY given_at"),
        ("mails_waiting", "SELECT m.created_at, m.to_address, m.subject, m.text FROM outgoing_mails m JOIN shoppers s ON lower(s.email) = lower(m.to_address) WHERE s.id = @shopper ORDER BY m.id"),
        ("access_log", "SELECT at, actor, action, subject FROM audit_entries WHERE subject = @shopper::text OR actor = @shopper::text ORDER BY at"),
    ];

    /// <summary>The account with every browser linked to it, and the browser asking.</summary>
    public async Task<DataSubject> SubjectAsync(Guid? shopperId, Guid? visitorId, CancellationToken cancel)
    {
        HashSet<Guid> visitors = visitorId is { } asking ? [asking] : [];
        if (shopperId is { } shopper)
        {
            await using var command = source.CreateCommand("SELECT visitor_id FROM visitor_links WHERE shopper_id = $1");
            command.Parameters.Add(new() { Value = shopper });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                visitors.Add(reader.GetGuid(0));
        }
        return new(shopperId, [.. visitors]);
    }

    /// <summary>Every section with its rows; empty sections too, so that their emptiness can be seen.</summary>
    public async Task<IReadOnlyList<(string Name, IReadOnlyList<PersonalDataRow> Rows)>> GatherAsync(DataSubject subject, CancellationToken cancel)
    {
        List<(string, IReadOnlyList<PersonalDataRow>)> sections = [];
        foreach (var (name, sql) in Sections)
            sections.Add((name, await QueryAsync(sql, subject, cancel)));
        foreach (var other in others)
            sections.Add((other.Name, await other.ReadAsync(services, subject, cancel)));
        return sections;
    }

    private async Task<List<PersonalDataRow>> QueryAsync(string sql, DataSubject subject, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new("shopper", NpgsqlDbType.Uuid) { Value = (object?)subject.ShopperId ?? DBNull.Value });
        command.Parameters.Add(new("visitors", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = subject.Visitors.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<PersonalDataRow> rows = [];
        while (await reader.ReadAsync(cancel))
        {
            var row = new PersonalDataRow();
            for (var i = 0; i < reader.FieldCount; i++)
                row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }
}

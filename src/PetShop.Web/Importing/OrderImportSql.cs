namespace PetShop.Web.Importing;

/// <summary>The statements that turn staged order lines into rows of the shop, in the order they run.</summary>
internal static class OrderImportSql
{
    public const string Staging = """
        CREATE TEMP TABLE staged_lines (
            line integer, order_number text, sku text, quantity integer, unit_price_minor bigint,
            placed_at timestamptz, customer text, email text, country text
        ) ON COMMIT DROP
        """;

    /// <summary>
    /// No file names its customers, so they have no first name that a page or a letter would greet them by.
    /// An imported customer's id follows from their key, so a second import finds the same person. Who has an account with their address already,
    /// or shares it with an earlier customer of the file, gets no second one: <see cref="MarkNew"/> finds theirs.
    /// </summary>
    public const string Shoppers = """
        INSERT INTO shoppers (id, first_name, last_name, country, quiz_values, registered_at, consent_analytics, consent_personalisation, consent_email,
                              consent_prices, is_suppressed, rollout_key, external_id, user_name, normalized_user_name, email, normalized_email, email_confirmed,
                              security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
        SELECT md5('petshop:imported:' || customer)::uuid, '', 'Customer ' || customer, max(country), '{}', min(placed_at), @analytics, @personalisation, @email,
               @prices, false, md5('petshop:imported:' || customer), customer,
               coalesce(max(email), 'customer-' || customer || '@imported.invalid'), upper(coalesce(max(email), 'customer-' || customer || '@imported.invalid')),
               coalesce(max(email), 'customer-' || customer || '@imported.invalid'), upper(coalesce(max(email), 'customer-' || customer || '@imported.invalid')), false,
               gen_random_uuid()::text, gen_random_uuid()::text, false, false, true, 0
        FROM staged_lines WHERE customer IS NOT NULL
        GROUP BY customer
        ORDER BY min(placed_at), customer
        ON CONFLICT DO NOTHING
        """;

    public const string Receipts = """
        INSERT INTO consent_receipts (id, shopper_id, analytics, personalisation, email, prices, text_version, text_hash, language, dialog_variant, method, given_at)
        SELECT gen_random_uuid(), s.id, s.consent_analytics, s.consent_personalisation, s.consent_email, s.consent_prices, 'import',
               encode(sha256('Consents given in the system the orders came from, as the mapping file states them.'), 'hex'), 'en', 'none', 'import', now()
        FROM shoppers s
        WHERE s.external_id IN (SELECT customer FROM staged_lines)
          AND NOT EXISTS (SELECT FROM consent_receipts r WHERE r.shopper_id = s.id)
        """;

    /// <summary>
    /// Only orders that are not here yet are made, each with its person: the customer of that key, or whoever has the address that the order,
    /// or any other order of the same customer, names. Two joins, since one with OR could not hash.
    /// </summary>
    public const string MarkNew = """
        CREATE TEMP TABLE new_orders ON COMMIT DROP AS
        WITH numbered AS (
            SELECT l.order_number, min(l.placed_at) AS placed_at, max(l.customer) AS customer, max(l.email) AS email, max(l.country) AS country,
                   sum(l.quantity * l.unit_price_minor)::bigint AS goods_minor
            FROM staged_lines l
            WHERE NOT EXISTS (SELECT FROM orders o WHERE o.number = l.order_number)
            GROUP BY l.order_number
        ), addresses AS (
            SELECT customer, max(email) AS email FROM staged_lines WHERE customer IS NOT NULL AND email IS NOT NULL GROUP BY customer
        ), addressed AS (
            SELECT n.order_number, n.placed_at, n.customer, coalesce(n.email, a.email) AS email, n.country, n.goods_minor
            FROM numbered n LEFT JOIN addresses a ON a.customer = n.customer
        )
        SELECT n.*, coalesce(by_key.id, by_address.id) AS shopper_id, by_key.id IS NULL AND by_address.id IS NOT NULL AS met_by_address
        FROM addressed n
        LEFT JOIN shoppers by_key ON by_key.external_id = n.customer
        LEFT JOIN shoppers by_address ON by_address.normalized_user_name = upper(n.email)
        """;

    /// <summary>How many customers of the new orders have somebody's account, because of their address.</summary>
    public const string Met = "SELECT count(DISTINCT coalesce('key ' || customer, 'address ' || upper(email))) FROM new_orders WHERE met_by_address";

    public const string Orders = """
        INSERT INTO orders (number, checkout_key, shopper_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method,
                            payment_method, full_name, line1, postcode, city, country)
        SELECT n.order_number, md5('petshop:imported-order:' || n.order_number)::uuid, s.id, coalesce(s.email, n.email, 'guest@imported.invalid'), 4, n.placed_at, @currency,
               n.goods_minor, 0, n.goods_minor, 'imported', 'imported', coalesce(trim(s.first_name || ' ' || s.last_name), 'Guest'), '', '', '', coalesce(n.country, '')
        FROM new_orders n LEFT JOIN shoppers s ON s.id = n.shopper_id
        """;

    public const string Lines = """
        INSERT INTO order_lines (order_id, sku_id, product_id, product_name, sku_label, quantity, unit_price_minor, base_price_minor)
        SELECT o.id, k.id, k.product_id, p.name, k.label, l.quantity, l.unit_price_minor, l.unit_price_minor
        FROM staged_lines l
        JOIN new_orders n ON n.order_number = l.order_number
        JOIN orders o ON o.number = l.order_number
        JOIN skus k ON k.code = l.sku
        JOIN products p ON p.id = k.product_id
        ORDER BY l.line
        """;

    /// <summary>What was sold before it came here is not new.</summary>
    public const string Released = """
        UPDATE products p SET released_on = sold.first_on
        FROM (
            SELECT k.product_id, min((l.placed_at AT TIME ZONE 'UTC')::date) AS first_on
            FROM staged_lines l JOIN new_orders n ON n.order_number = l.order_number JOIN skus k ON k.code = l.sku GROUP BY 1
        ) sold
        WHERE p.id = sold.product_id AND sold.first_on < p.released_on
        """;

    /// <summary>Only for what came without a price; what is given away was priced at nothing and stays for sale at that.</summary>
    public const string PricesFromOrders = """
        UPDATE skus k SET price_minor = latest.unit_price_minor, is_active = true
        FROM (SELECT DISTINCT ON (sku) sku, unit_price_minor FROM staged_lines ORDER BY sku, placed_at DESC, line DESC) latest
        WHERE k.code = latest.sku AND k.price_minor = 0 AND NOT k.is_active
        """;
}

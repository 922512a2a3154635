-- What is bought by volume has a price of a litre, whatever it weighs.

ALTER TABLE skus ADD COLUMN pack_ml integer;
ALTER TABLE products ADD COLUMN price_per_litre_minor bigint;

CREATE OR REPLACE FUNCTION refresh_product_cards(ids integer[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE products p
    SET sku_count = c.sku_count, card_sku_id = c.card_sku_id, card_sku_label = c.card_sku_label, price_minor = c.price_minor,
        prior_price_minor = c.prior_price_minor, price_per_kg_minor = c.price_per_kg_minor, price_per_litre_minor = c.price_per_litre_minor, in_stock = c.in_stock
    FROM (
        SELECT i.id AS product_id, coalesce(s.sku_count, 0) AS sku_count, s.card_sku_id, s.card_sku_label, coalesce(s.price_minor, 0) AS price_minor,
               s.prior_price_minor, s.price_per_kg_minor, s.price_per_litre_minor, coalesce(s.in_stock, false) AS in_stock
        FROM unnest(ids) AS i(id)
        LEFT JOIN LATERAL (
            SELECT (count(*) OVER ())::integer AS sku_count, k.id AS card_sku_id, k.label AS card_sku_label, k.price_minor, k.prior_price_minor,
                   CASE WHEN k.pack_grams > 0 AND coalesce(k.pack_ml, 0) = 0 THEN round(k.price_minor * 1000.0 / k.pack_grams)::bigint END AS price_per_kg_minor,
                   CASE WHEN k.pack_ml > 0 THEN round(k.price_minor * 1000.0 / k.pack_ml)::bigint END AS price_per_litre_minor,
                   k.stock > 0 AS in_stock
            FROM skus k
            WHERE k.product_id = i.id AND k.is_active
            ORDER BY (k.stock > 0) DESC, k.price_minor, k.sort_order, k.id
            LIMIT 1
        ) s ON true
    ) c
    WHERE p.id = c.product_id
      AND (p.sku_count, p.card_sku_id, p.card_sku_label, p.price_minor, p.prior_price_minor, p.price_per_kg_minor, p.price_per_litre_minor, p.in_stock)
          IS DISTINCT FROM (c.sku_count, c.card_sku_id, c.card_sku_label, c.price_minor, c.prior_price_minor, c.price_per_kg_minor, c.price_per_litre_minor, c.in_stock)
$$;

-- Until now millilitres stood in the label alone: "250 ml", "3 × 10 ml", "250 ml, Berry".
UPDATE skus SET pack_ml = coalesce(substring(label FROM '^([0-9]{1,3}) × ')::integer, 1) * substring(label FROM '([0-9]{1,6}) ml')::integer
WHERE label ~ '^([0-9]{1,3} × )?[0-9]{1,6} ml(,|$)';

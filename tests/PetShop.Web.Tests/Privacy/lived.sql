-- A row in every table that can hold one about a shopper. The catalogue rows are shared by all who lived.
INSERT INTO brands (id, slug, name, blurb, hue, secondary_hue) VALUES (70, 'lived', 'Lived', '', 0, 0) ON CONFLICT DO NOTHING;
INSERT INTO categories (id, slug, name, department, path, blurb, sort_order) VALUES (70, 'lived', 'Lived', 'lived', '{lived}', '', 0) ON CONFLICT DO NOTHING;
INSERT INTO products (id, slug, name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens, ration, seasons,
    is_medicine, illustration, released_on, is_active, search_text)
VALUES (70, 'lived', 'Hay', 70, 70, 'lived', '{}', '{}', '{}', '', '', '{}', '{}', '{}', 0, '{}', false, 'parcel', now(), true, '') ON CONFLICT DO NOTHING;
INSERT INTO skus (id, product_id, code, label, price_minor, stock, is_active, sort_order) VALUES (70, 70, 'LIVED', '1 kg', 1500, 9, true, 0) ON CONFLICT DO NOTHING;
UPDATE orders SET number = 'P-' || id WHERE number IN ('P-7001', 'P-7002');
UPDATE reviews SET shopper_id = NULL, title = 'Old' WHERE title = 'Great';

INSERT INTO addresses (shopper_id, full_name, line1, postcode, city, country, is_default) VALUES (@shopper, 'Ada Lovelace ' || right(@shopper::text, 12), 'Rosenweg ' || right(@shopper::text, 12), '10115', 'Berlin', 'DE', true);
INSERT INTO pets (id, shopper_id, name, species, allergies, created_at) VALUES (gen_random_uuid(), @shopper, 'Luna ' || right(@shopper::text, 12), 'cat', '{}', now());
INSERT INTO taste_corrections (id, shopper_id, kind, product_id, species, made_at) VALUES (gen_random_uuid(), @shopper, 1, 70, '{}', now());
INSERT INTO segment_members (shopper_id, words) VALUES (@shopper, '{1}') ON CONFLICT (shopper_id) DO UPDATE SET words = excluded.words;
INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) VALUES (@shopper, 70, true, 3, now());
WITH list AS (INSERT INTO shopper_lists (slug, name, note, updated_at, updated_by) VALUES (gen_random_uuid()::text, 'Guests', '', now(), @shopper::text) RETURNING id)
INSERT INTO shopper_list_members (list_id, shopper_id) SELECT id, @shopper FROM list;
INSERT INTO wish_list_items (shopper_id, product_id, added_at) VALUES (@shopper, 70, now());
WITH cart AS (INSERT INTO carts (id, shopper_id, created_at, updated_at) VALUES (gen_random_uuid(), @shopper, now(), now()) RETURNING id)
INSERT INTO cart_lines (cart_id, sku_id, quantity, added_at) SELECT id, 70, 1, now() FROM cart;
WITH placed AS (
    INSERT INTO orders (number, checkout_key, shopper_id, visitor_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method,
        full_name, line1, postcode, city, country)
    VALUES ('P-7001', gen_random_uuid(), @shopper, @visitor, @shopper::text || '@example.com', 1, now(), 'EUR', 1500, 0, 1500, 'standard', 'invoice',
        'Ada Lovelace ' || right(@shopper::text, 12), 'Rosenweg ' || right(@shopper::text, 12), '10115', 'Berlin', 'DE') RETURNING id)
INSERT INTO order_lines (order_id, sku_id, product_id, product_name, sku_label, quantity, unit_price_minor, base_price_minor) SELECT id, 70, 70, 'Hay', '1 kg', 1, 1500, 1500 FROM placed;
INSERT INTO reviews (product_id, shopper_id, display_name, rating, title, text, created_at, is_hidden) VALUES (70, @shopper, 'Ada Lovelace ' || right(@shopper::text, 12), 5, 'Great', 'Fresh.', now(), false);
INSERT INTO shopper_features (shopper_id, orders_count, revenue_minor, sessions_30d, updated_at) VALUES (@shopper, 1, 1500, 1, now());
INSERT INTO shopper_interests (shopper_id, categories, brands, changed_at) VALUES (@shopper, '{cat-food}', '{northpaw}', now());
INSERT INTO visitor_links (visitor_id, shopper_id, linked_at) VALUES (@visitor, @shopper, now()) ON CONFLICT DO NOTHING;
INSERT INTO audit_entries (at, actor, action, subject) VALUES (now(), 'admin', 'looked at profile', @shopper::text);
INSERT INTO outgoing_mails (to_address, to_name, subject, text, html, created_at, attempts) VALUES (@shopper::text || '@example.com', 'Ada Lovelace ' || right(@shopper::text, 12), 'Hello', 'Hello Ada', '', now(), 0);
-- As a guest of the same browser, under another address; the confirmation still waits.
INSERT INTO orders (number, checkout_key, visitor_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method,
    full_name, line1, postcode, city, country)
VALUES ('P-7002', gen_random_uuid(), @visitor, @shopper::text || '@guest.example', 1, now(), 'EUR', 0, 0, 0, 'standard', 'invoice', 'Ada Lovelace ' || right(@shopper::text, 12), 'Rosenweg ' || right(@shopper::text, 12), '10115', 'Berlin', 'DE');
INSERT INTO outgoing_mails (to_address, to_name, subject, text, html, created_at, attempts)
VALUES (upper(@shopper::text) || '@guest.example', 'Ada Lovelace ' || right(@shopper::text, 12), 'Your order P-7002', 'Thank you, Ada', '', now(), 12), ('somebody@else.example', 'Grace', 'Your order P-9999', 'Thank you, Grace', '', now(), 0);
INSERT INTO segments (slug, name, description, rule, version, is_active, updated_at, updated_by)
VALUES ('cat-homes', 'Homes with a cat', '', '{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"cat"}}', 1, true, now(), @shopper::text || '@example.com')
ON CONFLICT (slug) DO UPDATE SET updated_by = excluded.updated_by;
INSERT INTO segment_versions (segment_id, version, rule, saved_at, saved_by)
SELECT id, coalesce((SELECT max(v.version) FROM segment_versions v WHERE v.segment_id = s.id), 0) + 1, rule, now(), @shopper::text || '@example.com' FROM segments s WHERE slug = 'cat-homes';
INSERT INTO banners (id, name, title, text, illustration, hue, link_url, link_label, placement, priority, is_active, segment_ids, excluded_segment_ids, updated_at)
VALUES (70, 'Lived', 'Lived', '', 'parcel', 0, '/', 'Go', 'home-strip', -1000, false, '{}', '{}', now()) ON CONFLICT DO NOTHING;
UPDATE banners SET updated_by = @shopper::text || '@example.com', title = 'Lived ' || run, run = run + 1, updated_at = clock_timestamp() WHERE id = 70;
INSERT INTO price_offers (id, name, reason, kind, size, everything, segment_ids, updated_at, updated_by)
VALUES (70, 'Lived', 'you live here', 1, 100, true, '{}', clock_timestamp(), @shopper::text || '@example.com')
ON CONFLICT (id) DO UPDATE SET name = 'Lived ' || price_offers.version, updated_at = clock_timestamp(), updated_by = excluded.updated_by;
INSERT INTO banner_experiments (banner_id, run, hypothesis, measure, lift_percent, planned_visitors, variants, started_at, started_by, ended_at, ended_by)
SELECT 70, run, 'More look.', 1, 20, 1000, '[]', now(), @shopper::text || '@example.com', now(), @shopper::text || '@example.com' FROM banners WHERE id = 70;
INSERT INTO shopper_claims (user_id, claim_type, claim_value) VALUES (@shopper, 'note', 'Lovelace');
INSERT INTO shopper_logins (login_provider, provider_key, user_id) VALUES ('test', @shopper::text, @shopper);
INSERT INTO shopper_tokens (user_id, login_provider, name, value) VALUES (@shopper, 'test', 'token', 'x');
INSERT INTO shopper_roles (user_id, role_id) SELECT @shopper, id FROM roles WHERE name = 'shopper';
INSERT INTO api_keys (name, prefix, hash, scopes, created_at, created_by) VALUES ('Lived', 'psk_' || left(md5(@shopper::text), 8), '', '{}', now(), @shopper::text || '@example.com');
INSERT INTO webhooks (name, url, segment_ids, on_entry, on_exit, is_active, secret, created_at, created_by)
VALUES ('Lived', 'https://example.com', '{}', true, true, false, '', now(), @shopper::text || '@example.com');
WITH letter AS (
    INSERT INTO campaigns (name, owner, kind, state, subject, body, button_label, button_link, segment_ids, excluded_segment_ids, delay_hours, holdout_percent, root_url, confirmed_by, ended_by, erased, updated_at, updated_by)
    VALUES ('Lived', @shopper::text || '@example.com', 1, 3, 'Warm paws', 'Hello.', '', '', '{}', '{}', 0, 0, '', @shopper::text || '@example.com', @shopper::text || '@example.com', 0, now(), @shopper::text || '@example.com')
    RETURNING id)
INSERT INTO campaign_recipients (campaign_id, shopper_id, occasion, state, reason, arm, due_at, not_before, decided_at, sent_at) SELECT id, @shopper, 0, 3, 0, 'a', now(), now(), now(), now() FROM letter;
INSERT INTO outgoing_mails (to_address, to_name, subject, text, html, created_at, attempts, campaign_id, shopper_id, occasion)
SELECT 'before-' || @shopper::text || '@example.com', 'Ada', 'Warm paws', 'Hello.', '', now(), 0, campaign_id, shopper_id, occasion FROM campaign_recipients WHERE shopper_id = @shopper;

-- What rules ask of pets and events is remembered of every shopper as bits, and a mark tells what of it may have changed:
-- who only ordered again is asked without a look at pets and events, three quarters of the cost.

ALTER TABLE segment_members ADD COLUMN leaves bigint[] NOT NULL DEFAULT '{}';

CREATE TABLE segment_leaves (
    slot integer NOT NULL,
    leaf text NOT NULL,
    CONSTRAINT pk_segment_leaves PRIMARY KEY (slot)
);

-- Bit 0 for pets, bit n for events of type n; all of them unless it is known better.
ALTER TABLE segment_marks ADD COLUMN stale smallint NOT NULL DEFAULT -1;

CREATE OR REPLACE FUNCTION mark_event_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO segment_marks (shopper_id, cause, stale)
        SELECT shopper_id, 3, bit_or(1 << type) FROM new_rows WHERE shopper_id IS NOT NULL AND type BETWEEN 1 AND 7 GROUP BY shopper_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO segment_marks (shopper_id, cause, stale)
        SELECT shopper_id, 3, bit_or(1 << type) FROM old_rows WHERE shopper_id IS NOT NULL AND type BETWEEN 1 AND 7 GROUP BY shopper_id;
    END IF;
    RETURN NULL;
END $$;

-- Its arguments are the cause and what is stale.
CREATE OR REPLACE FUNCTION mark_row_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO segment_marks (shopper_id, cause, stale) SELECT DISTINCT shopper_id, TG_ARGV[0]::smallint, TG_ARGV[1]::smallint FROM new_rows WHERE shopper_id IS NOT NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        -- Rows that go together with their shopper come here after the shopper is gone: nobody is left to mark.
        INSERT INTO segment_marks (shopper_id, cause, stale) SELECT DISTINCT s.id, TG_ARGV[0]::smallint, TG_ARGV[1]::smallint FROM old_rows o JOIN shoppers s ON s.id = o.shopper_id;
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER pets_inserted_mark ON pets;
DROP TRIGGER pets_updated_mark ON pets;
DROP TRIGGER pets_deleted_mark ON pets;
DROP TRIGGER shopper_features_inserted_mark ON shopper_features;
DROP TRIGGER shopper_features_deleted_mark ON shopper_features;
DROP TRIGGER shopper_list_members_inserted_mark ON shopper_list_members;
DROP TRIGGER shopper_list_members_deleted_mark ON shopper_list_members;
CREATE TRIGGER pets_inserted_mark AFTER INSERT ON pets REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(2, 1);
CREATE TRIGGER pets_updated_mark AFTER UPDATE ON pets REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(2, 1);
CREATE TRIGGER pets_deleted_mark AFTER DELETE ON pets REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(2, 1);
CREATE TRIGGER shopper_features_inserted_mark AFTER INSERT ON shopper_features REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(3, 0);
CREATE TRIGGER shopper_features_deleted_mark AFTER DELETE ON shopper_features REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(3, 0);
CREATE TRIGGER shopper_list_members_inserted_mark AFTER INSERT ON shopper_list_members REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(8, 0);
CREATE TRIGGER shopper_list_members_deleted_mark AFTER DELETE ON shopper_list_members REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(8, 0);

-- Of who has not agreed nothing was looked up, so an answer about consent makes all of it stale.
CREATE OR REPLACE FUNCTION mark_changed_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO segment_marks (shopper_id, cause) SELECT id, 2 FROM new_rows;
    ELSE
        INSERT INTO segment_marks (shopper_id, cause, stale)
        SELECT n.id, CASE WHEN t.consent THEN 1 ELSE 2 END, CASE WHEN t.consent THEN -1 ELSE 0 END
        FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id
        CROSS JOIN LATERAL (SELECT (n.consent_analytics, n.consent_personalisation, n.consent_email, n.consent_prices)
                                   IS DISTINCT FROM (o.consent_analytics, o.consent_personalisation, o.consent_email, o.consent_prices) AS consent) t;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION mark_changed_features() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO segment_marks (shopper_id, cause, stale)
    SELECT n.shopper_id, 3, 0 FROM new_rows n JOIN old_rows o ON o.shopper_id = n.shopper_id
    WHERE (n.orders_count, n.sessions_30d, n.last_order_at, n.last_seen_at, n.revenue_minor, n.value_year_minor, n.next_order_on, n.rfm_recency, n.rfm_frequency, n.rfm_monetary,
           n.churn_permille, n.top_department, n.top_brand, n.top_category)
          IS DISTINCT FROM
          (o.orders_count, o.sessions_30d, o.last_order_at, o.last_seen_at, o.revenue_minor, o.value_year_minor, o.next_order_on, o.rfm_recency, o.rfm_frequency, o.rfm_monetary,
           o.churn_permille, o.top_department, o.top_brand, o.top_category);
    RETURN NULL;
END $$;

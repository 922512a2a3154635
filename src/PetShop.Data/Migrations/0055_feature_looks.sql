-- Features follow the clock as well as what arrives: the moment they are true for is kept, so that whoever has events that left a window since is made anew, once.
-- What moves a shopper is told with its cause: a transaction may name it in petshop.cause, for all that its triggers mark.

CREATE TABLE feature_states (
    id integer NOT NULL,
    as_of timestamp with time zone NOT NULL,
    oldest_partition text,
    scored_at timestamp with time zone,
    scores_are_old boolean NOT NULL,
    CONSTRAINT pk_feature_states PRIMARY KEY (id)
);

-- Causes: 3 event, 9 merge.
ALTER TABLE feature_marks ADD COLUMN cause smallint NOT NULL DEFAULT 3;

CREATE FUNCTION cause_or(otherwise integer) RETURNS smallint
LANGUAGE sql STABLE AS $$ SELECT coalesce(nullif(current_setting('petshop.cause', true), ''), otherwise::text)::smallint $$;

CREATE OR REPLACE FUNCTION mark_stale_features() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    why smallint := cause_or(3);
BEGIN
    -- Rows that go together with their shopper come here after the shopper is gone: nobody is left to mark.
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO feature_marks (shopper_id, cause) SELECT DISTINCT s.id, why FROM new_rows n JOIN shoppers s ON s.id = n.shopper_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO feature_marks (shopper_id, cause) SELECT DISTINCT s.id, why FROM old_rows o JOIN shoppers s ON s.id = o.shopper_id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION mark_event_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    why smallint := cause_or(3);
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO segment_marks (shopper_id, cause, stale)
        SELECT shopper_id, why, bit_or(1 << type) FROM new_rows WHERE shopper_id IS NOT NULL AND type BETWEEN 1 AND 7 GROUP BY shopper_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO segment_marks (shopper_id, cause, stale)
        SELECT shopper_id, why, bit_or(1 << type) FROM old_rows WHERE shopper_id IS NOT NULL AND type BETWEEN 1 AND 7 GROUP BY shopper_id;
    END IF;
    RETURN NULL;
END $$;

-- Its arguments are the cause, unless the transaction names one, and what is stale.
CREATE OR REPLACE FUNCTION mark_row_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    why smallint := cause_or(TG_ARGV[0]::integer);
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO segment_marks (shopper_id, cause, stale) SELECT DISTINCT shopper_id, why, TG_ARGV[1]::smallint FROM new_rows WHERE shopper_id IS NOT NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        -- Rows that go together with their shopper come here after the shopper is gone: nobody is left to mark.
        INSERT INTO segment_marks (shopper_id, cause, stale) SELECT DISTINCT s.id, why, TG_ARGV[1]::smallint FROM old_rows o JOIN shoppers s ON s.id = o.shopper_id;
    END IF;
    RETURN NULL;
END $$;

-- An answer about consent is one, whatever else the transaction does.
CREATE OR REPLACE FUNCTION mark_changed_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    why smallint := cause_or(2);
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO segment_marks (shopper_id, cause) SELECT id, 2 FROM new_rows;
    ELSE
        INSERT INTO segment_marks (shopper_id, cause, stale)
        SELECT n.id, CASE WHEN t.consent THEN 1 ELSE why END, CASE WHEN t.consent THEN -1 ELSE 0 END
        FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id
        CROSS JOIN LATERAL (SELECT (n.consent_analytics, n.consent_personalisation, n.consent_email, n.consent_prices)
                                   IS DISTINCT FROM (o.consent_analytics, o.consent_personalisation, o.consent_email, o.consent_prices) AS consent) t;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION mark_changed_features() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    why smallint := cause_or(3);
BEGIN
    INSERT INTO segment_marks (shopper_id, cause, stale)
    SELECT n.shopper_id, why, 0 FROM new_rows n JOIN old_rows o ON o.shopper_id = n.shopper_id
    WHERE (n.orders_count, n.sessions_30d, n.last_order_at, n.last_seen_at, n.revenue_minor, n.value_year_minor, n.next_order_on, n.rfm_recency, n.rfm_frequency, n.rfm_monetary,
           n.churn_permille, n.top_department, n.top_brand, n.top_category)
          IS DISTINCT FROM
          (o.orders_count, o.sessions_30d, o.last_order_at, o.last_seen_at, o.revenue_minor, o.value_year_minor, o.next_order_on, o.rfm_recency, o.rfm_frequency, o.rfm_monetary,
           o.churn_permille, o.top_department, o.top_brand, o.top_category);
    RETURN NULL;
END $$;

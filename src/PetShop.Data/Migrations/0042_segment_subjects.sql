-- What rules ask of a shopper beside pets and events stands in one narrow row: half the pages to read, and one look-up in place of two.
-- Triggers keep it equal to shoppers and shopper_features within the transaction that changes them.

CREATE TABLE segment_subjects (
    shopper_id uuid NOT NULL,
    consent_analytics boolean NOT NULL,
    consent_personalisation boolean NOT NULL,
    consent_email boolean NOT NULL,
    consent_prices boolean NOT NULL,
    birth_year integer,
    orders_count integer,
    sessions_30d integer,
    registered_at timestamp with time zone NOT NULL,
    last_order_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    revenue_minor bigint,
    value_year_minor bigint,
    next_order_on date,
    rfm_recency smallint,
    rfm_frequency smallint,
    rfm_monetary smallint,
    churn_permille smallint,
    country text,
    city text,
    postcode text,
    language text,
    organisation_kind text,
    quiz_values text[] NOT NULL,
    rollout_key text,
    top_department text,
    top_brand text,
    top_category text
) WITH (fillfactor = 90);

-- Rows go with their shopper by a trigger; a foreign key would be checked for each of a million rows.
INSERT INTO segment_subjects
SELECT s.id, s.consent_analytics, s.consent_personalisation, s.consent_email, s.consent_prices, s.birth_year, f.orders_count, f.sessions_30d, s.registered_at, f.last_order_at, f.last_seen_at,
       f.revenue_minor, f.value_year_minor, f.next_order_on, f.rfm_recency, f.rfm_frequency, f.rfm_monetary, f.churn_permille, s.country, s.city, s.postcode, s.language,
       s.organisation_kind, s.quiz_values, s.rollout_key, f.top_department, f.top_brand, f.top_category
FROM shoppers s LEFT JOIN shopper_features f ON f.shopper_id = s.id;

ALTER TABLE segment_subjects ADD CONSTRAINT pk_segment_subjects PRIMARY KEY (shopper_id);
ANALYZE segment_subjects;

CREATE FUNCTION keep_subjects_of_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE segment_subjects, feature_marks;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM segment_subjects t USING old_rows o WHERE t.shopper_id = o.id;
        DELETE FROM feature_marks t USING old_rows o WHERE t.shopper_id = o.id;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO segment_subjects (shopper_id, consent_analytics, consent_personalisation, consent_email, consent_prices, birth_year, registered_at, country, city, postcode, language,
            organisation_kind, quiz_values, rollout_key)
        SELECT id, consent_analytics, consent_personalisation, consent_email, consent_prices, birth_year, registered_at, country, city, postcode, language, organisation_kind, quiz_values, rollout_key
        FROM new_rows;
    ELSE
        UPDATE segment_subjects t
        SET consent_analytics = n.consent_analytics, consent_personalisation = n.consent_personalisation, consent_email = n.consent_email, consent_prices = n.consent_prices,
            birth_year = n.birth_year, registered_at = n.registered_at, country = n.country, city = n.city, postcode = n.postcode, language = n.language,
            organisation_kind = n.organisation_kind, quiz_values = n.quiz_values, rollout_key = n.rollout_key
        FROM new_rows n
        WHERE t.shopper_id = n.id
          AND (t.consent_analytics, t.consent_personalisation, t.consent_email, t.consent_prices, t.birth_year, t.registered_at, t.country, t.city, t.postcode, t.language,
               t.organisation_kind, t.quiz_values, t.rollout_key)
              IS DISTINCT FROM
              (n.consent_analytics, n.consent_personalisation, n.consent_email, n.consent_prices, n.birth_year, n.registered_at, n.country, n.city, n.postcode, n.language,
               n.organisation_kind, n.quiz_values, n.rollout_key);
    END IF;
    RETURN NULL;
END $$;

-- Named to run before the triggers that mark: triggers of one event run in the order of their names.
CREATE TRIGGER a_subjects_of_inserted AFTER INSERT ON shoppers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_shoppers();
CREATE TRIGGER a_subjects_of_updated AFTER UPDATE ON shoppers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_shoppers();
CREATE TRIGGER a_subjects_of_deleted AFTER DELETE ON shoppers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_shoppers();

CREATE TRIGGER a_subjects_of_truncated AFTER TRUNCATE ON shoppers FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_shoppers();

CREATE FUNCTION keep_subjects_of_features() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE segment_subjects
        SET orders_count = NULL, sessions_30d = NULL, last_order_at = NULL, last_seen_at = NULL, revenue_minor = NULL, value_year_minor = NULL, next_order_on = NULL,
            rfm_recency = NULL, rfm_frequency = NULL, rfm_monetary = NULL, churn_permille = NULL, top_department = NULL, top_brand = NULL, top_category = NULL;
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE segment_subjects t
        SET orders_count = NULL, sessions_30d = NULL, last_order_at = NULL, last_seen_at = NULL, revenue_minor = NULL, value_year_minor = NULL, next_order_on = NULL,
            rfm_recency = NULL, rfm_frequency = NULL, rfm_monetary = NULL, churn_permille = NULL, top_department = NULL, top_brand = NULL, top_category = NULL
        FROM old_rows o WHERE t.shopper_id = o.shopper_id;
    ELSE
        UPDATE segment_subjects t
        SET orders_count = n.orders_count, sessions_30d = n.sessions_30d, last_order_at = n.last_order_at, last_seen_at = n.last_seen_at, revenue_minor = n.revenue_minor,
            value_year_minor = n.value_year_minor, next_order_on = n.next_order_on, rfm_recency = n.rfm_recency, rfm_frequency = n.rfm_frequency, rfm_monetary = n.rfm_monetary,
            churn_permille = n.churn_permille, top_department = n.top_department, top_brand = n.top_brand, top_category = n.top_category
        FROM new_rows n
        WHERE t.shopper_id = n.shopper_id
          AND (t.orders_count, t.sessions_30d, t.last_order_at, t.last_seen_at, t.revenue_minor, t.value_year_minor, t.next_order_on, t.rfm_recency, t.rfm_frequency, t.rfm_monetary,
               t.churn_permille, t.top_department, t.top_brand, t.top_category)
              IS DISTINCT FROM
              (n.orders_count, n.sessions_30d, n.last_order_at, n.last_seen_at, n.revenue_minor, n.value_year_minor, n.next_order_on, n.rfm_recency, n.rfm_frequency, n.rfm_monetary,
               n.churn_permille, n.top_department, n.top_brand, n.top_category);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER a_subjects_of_inserted AFTER INSERT ON shopper_features REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_features();
CREATE TRIGGER a_subjects_of_updated AFTER UPDATE ON shopper_features REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_features();
CREATE TRIGGER a_subjects_of_deleted AFTER DELETE ON shopper_features REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_features();
CREATE TRIGGER a_subjects_of_truncated AFTER TRUNCATE ON shopper_features FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects_of_features();

-- A forecast or a refresh that changes nothing a rule can ask marks nobody.
CREATE FUNCTION mark_changed_features() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO segment_marks (shopper_id, cause)
    SELECT n.shopper_id, 3 FROM new_rows n JOIN old_rows o ON o.shopper_id = n.shopper_id
    WHERE (n.orders_count, n.sessions_30d, n.last_order_at, n.last_seen_at, n.revenue_minor, n.value_year_minor, n.next_order_on, n.rfm_recency, n.rfm_frequency, n.rfm_monetary,
           n.churn_permille, n.top_department, n.top_brand, n.top_category)
          IS DISTINCT FROM
          (o.orders_count, o.sessions_30d, o.last_order_at, o.last_seen_at, o.revenue_minor, o.value_year_minor, o.next_order_on, o.rfm_recency, o.rfm_frequency, o.rfm_monetary,
           o.churn_permille, o.top_department, o.top_brand, o.top_category);
    RETURN NULL;
END $$;

DROP TRIGGER shopper_features_updated_mark ON shopper_features;
CREATE TRIGGER shopper_features_updated_mark AFTER UPDATE ON shopper_features REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_features();

-- Whose features are out of date: noted when an event or order arrives, whenever it happened.
CREATE TABLE feature_marks (
    shopper_id uuid NOT NULL
);

CREATE FUNCTION mark_stale_features() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- Rows that go together with their shopper come here after the shopper is gone: nobody is left to mark.
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO feature_marks (shopper_id) SELECT DISTINCT s.id FROM new_rows n JOIN shoppers s ON s.id = n.shopper_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO feature_marks (shopper_id) SELECT DISTINCT s.id FROM old_rows o JOIN shoppers s ON s.id = o.shopper_id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER events_inserted_features AFTER INSERT ON events REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_stale_features();
CREATE TRIGGER events_updated_features AFTER UPDATE ON events REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_stale_features();
CREATE TRIGGER events_deleted_features AFTER DELETE ON events REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_stale_features();
CREATE TRIGGER orders_inserted_features AFTER INSERT ON orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_stale_features();
CREATE TRIGGER orders_updated_features AFTER UPDATE ON orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_stale_features();
CREATE TRIGGER orders_deleted_features AFTER DELETE ON orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_stale_features();

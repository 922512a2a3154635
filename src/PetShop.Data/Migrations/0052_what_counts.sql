-- What stands in segment_subjects as agreed is what counts: of who is suppressed neither mail nor prices do.
-- Age closes more than that, but with time, so rules ask for it themselves (ConsentBars).

CREATE OR REPLACE FUNCTION keep_subjects_of_shoppers() RETURNS trigger
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
        SELECT id, consent_analytics, consent_personalisation, consent_email AND NOT is_suppressed, consent_prices AND NOT is_suppressed, birth_year, registered_at, country, city, postcode, language,
            organisation_kind, quiz_values, rollout_key
        FROM new_rows;
    ELSE
        UPDATE segment_subjects t
        SET consent_analytics = n.consent_analytics, consent_personalisation = n.consent_personalisation, consent_email = n.consent_email AND NOT n.is_suppressed,
            consent_prices = n.consent_prices AND NOT n.is_suppressed, birth_year = n.birth_year, registered_at = n.registered_at, country = n.country, city = n.city, postcode = n.postcode,
            language = n.language, organisation_kind = n.organisation_kind, quiz_values = n.quiz_values, rollout_key = n.rollout_key
        FROM new_rows n
        WHERE t.shopper_id = n.id
          AND (t.consent_analytics, t.consent_personalisation, t.consent_email, t.consent_prices, t.birth_year, t.registered_at, t.country, t.city, t.postcode, t.language,
               t.organisation_kind, t.quiz_values, t.rollout_key)
              IS DISTINCT FROM
              (n.consent_analytics, n.consent_personalisation, n.consent_email AND NOT n.is_suppressed, n.consent_prices AND NOT n.is_suppressed, n.birth_year, n.registered_at, n.country, n.city,
               n.postcode, n.language, n.organisation_kind, n.quiz_values, n.rollout_key);
    END IF;
    RETURN NULL;
END $$;

UPDATE segment_subjects t SET consent_email = false, consent_prices = false FROM shoppers s WHERE s.id = t.shopper_id AND s.is_suppressed AND (t.consent_email OR t.consent_prices);

-- A suppression is an answer about consent as well.
CREATE OR REPLACE FUNCTION mark_changed_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO segment_marks (shopper_id, cause) SELECT id, 2 FROM new_rows;
    ELSE
        INSERT INTO segment_marks (shopper_id, cause, stale)
        SELECT n.id, CASE WHEN t.consent THEN 1 ELSE 2 END, CASE WHEN t.consent THEN -1 ELSE 0 END
        FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id
        CROSS JOIN LATERAL (SELECT (n.consent_analytics, n.consent_personalisation, n.consent_email, n.consent_prices, n.is_suppressed)
                                   IS DISTINCT FROM (o.consent_analytics, o.consent_personalisation, o.consent_email, o.consent_prices, o.is_suppressed) AS consent) t;
    END IF;
    RETURN NULL;
END $$;

-- Whose stored membership rested on less: the suppressed, who may be under 18, and those a list inside a rule names though they have not agreed.
INSERT INTO segment_marks (shopper_id, cause)
SELECT id, 1 FROM shoppers WHERE is_suppressed OR NOT consent_personalisation OR birth_year > extract(year FROM now() AT TIME ZONE 'UTC') - 19;

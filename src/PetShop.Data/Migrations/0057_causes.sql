-- A suppression is an answer about consent as well, whatever else the transaction names as its cause.
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
        CROSS JOIN LATERAL (SELECT (n.consent_analytics, n.consent_personalisation, n.consent_email, n.consent_prices, n.is_suppressed)
                                   IS DISTINCT FROM (o.consent_analytics, o.consent_personalisation, o.consent_email, o.consent_prices, o.is_suppressed) AS consent) t;
    END IF;
    RETURN NULL;
END $$;

-- The trigger names the cause of each mark; a default stood in only for marks made before there were causes.
ALTER TABLE feature_marks ALTER COLUMN cause DROP DEFAULT;

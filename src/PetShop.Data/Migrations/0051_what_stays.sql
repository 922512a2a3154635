-- An announcement tells whether anything recorded was taken away: "<id>" alone has everything forgotten that is kept of a person,
-- "<id> stays" has it read again, without losing what they did a moment ago and is not written yet.

CREATE OR REPLACE FUNCTION announce_shopper() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    takes boolean := true;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        takes := (OLD.consent_analytics AND NOT NEW.consent_analytics) OR (OLD.consent_personalisation AND NOT NEW.consent_personalisation)
            OR (NEW.is_suppressed AND NOT OLD.is_suppressed) OR NEW.birth_year IS DISTINCT FROM OLD.birth_year;
    END IF;
    PERFORM pg_notify('petshop_visitors', OLD.id::text || CASE WHEN takes THEN '' ELSE ' stays' END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION announce_household() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('petshop_visitors', coalesce(OLD.shopper_id, OLD.visitor_id)::text || ' stays');
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_notify('petshop_visitors', coalesce(NEW.shopper_id, NEW.visitor_id)::text || ' stays');
    END IF;
    RETURN NULL;
END $$;

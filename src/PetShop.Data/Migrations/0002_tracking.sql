-- Replicas hear at once when a person's consents change or an account goes.

CREATE FUNCTION announce_shopper() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('petshop_visitors', OLD.id::text);
    RETURN NULL;
END $$;

CREATE TRIGGER shopper_consents_changed AFTER UPDATE OF consent_analytics, consent_personalisation, consent_email, consent_prices, is_suppressed, birth_year ON shoppers
    FOR EACH ROW
    WHEN ((OLD.consent_analytics, OLD.consent_personalisation, OLD.consent_email, OLD.consent_prices, OLD.is_suppressed, OLD.birth_year)
          IS DISTINCT FROM (NEW.consent_analytics, NEW.consent_personalisation, NEW.consent_email, NEW.consent_prices, NEW.is_suppressed, NEW.birth_year))
    EXECUTE FUNCTION announce_shopper();
CREATE TRIGGER shopper_removed AFTER DELETE ON shoppers FOR EACH ROW EXECUTE FUNCTION announce_shopper();

-- A receipt is proof: what was answered never changes; only an erasure may take the person off it.

CREATE FUNCTION keep_consent_receipt() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.analytics, NEW.personalisation, NEW.email, NEW.prices, NEW.text_version, NEW.text_hash, NEW.language, NEW.dialog_variant, NEW.method, NEW.given_at)
       IS DISTINCT FROM (OLD.id, OLD.analytics, OLD.personalisation, OLD.email, OLD.prices, OLD.text_version, OLD.text_hash, OLD.language, OLD.dialog_variant, OLD.method, OLD.given_at)
       OR (NEW.visitor_id IS NOT NULL AND NEW.visitor_id IS DISTINCT FROM OLD.visitor_id)
       OR (NEW.shopper_id IS NOT NULL AND NEW.shopper_id IS DISTINCT FROM OLD.shopper_id) THEN
        RAISE EXCEPTION 'Rows of consent_receipts are never changed; add another one instead.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER consent_receipts_are_kept BEFORE UPDATE ON consent_receipts FOR EACH ROW EXECUTE FUNCTION keep_consent_receipt();

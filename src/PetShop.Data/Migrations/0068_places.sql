-- An account lives where its parcels go: country, postcode and town of a shopper are those of the address that the checkout offers first,
-- the chosen one, else the oldest. Whoever has no address left has no place; of whoever never had one, what an import told stays.

CREATE FUNCTION keep_places_of_shoppers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    moved uuid[] := '{}';
BEGIN
    IF TG_OP <> 'DELETE' THEN
        moved := moved || ARRAY(SELECT shopper_id FROM new_rows);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        moved := moved || ARRAY(SELECT shopper_id FROM old_rows);
    END IF;
    -- Who comes second waits here, and then sees the address that the first one wrote.
    PERFORM FROM shoppers WHERE id = ANY(moved) ORDER BY id FOR NO KEY UPDATE;
    UPDATE shoppers s SET country = a.country, postcode = a.postcode, city = a.city
    FROM (SELECT DISTINCT unnest(moved) AS id) m
    LEFT JOIN LATERAL (SELECT country, postcode, city FROM addresses WHERE shopper_id = m.id ORDER BY is_default DESC, id LIMIT 1) a ON true
    WHERE s.id = m.id AND (s.country, s.postcode, s.city) IS DISTINCT FROM (a.country, a.postcode, a.city);
    RETURN NULL;
END $$;

CREATE TRIGGER addresses_inserted_place AFTER INSERT ON addresses REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_places_of_shoppers();
CREATE TRIGGER addresses_updated_place AFTER UPDATE ON addresses REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_places_of_shoppers();
CREATE TRIGGER addresses_deleted_place AFTER DELETE ON addresses REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_places_of_shoppers();

-- The next page, on whichever replica, knows what somebody said of themselves; the year of birth is announced with the consents.
CREATE TRIGGER shopper_facts_changed AFTER UPDATE OF country, postcode, city, language, organisation_kind ON shoppers
    FOR EACH ROW
    WHEN ((OLD.country, OLD.postcode, OLD.city, OLD.language, OLD.organisation_kind) IS DISTINCT FROM (NEW.country, NEW.postcode, NEW.city, NEW.language, NEW.organisation_kind))
    EXECUTE FUNCTION announce_shopper();

UPDATE shoppers s SET country = a.country, postcode = a.postcode, city = a.city
FROM (SELECT DISTINCT ON (shopper_id) shopper_id, country, postcode, city FROM addresses ORDER BY shopper_id, is_default DESC, id) a
WHERE s.id = a.shopper_id AND (s.country, s.postcode, s.city) IS DISTINCT FROM (a.country, a.postcode, a.city);

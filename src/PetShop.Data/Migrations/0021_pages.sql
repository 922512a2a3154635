-- Pages keep what they show of products in memory; every replica hears what has changed and forgets it.
-- Payloads: product:<id>, wishes:<shopper id>, and all when a statement touched so many that naming each would take longer.

CREATE FUNCTION announce_products(ids integer[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(ids) > 200 THEN
        PERFORM pg_notify('petshop_pages', 'all');
    ELSE
        PERFORM pg_notify('petshop_pages', 'product:' || id) FROM unnest(ids) AS id;
    END IF;
END $$;

CREATE FUNCTION products_shown_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM announce_products(array(SELECT id FROM old_rows));
    ELSE
        PERFORM announce_products(array(SELECT n.id FROM new_rows n JOIN old_rows o USING (id) WHERE n IS DISTINCT FROM o));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER products_shown_updated AFTER UPDATE ON products REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION products_shown_changed();
CREATE TRIGGER products_shown_deleted AFTER DELETE ON products REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION products_shown_changed();

-- For tables that belong to products: SKUs and reviews.
CREATE FUNCTION product_parts_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM announce_products(array(SELECT DISTINCT product_id FROM new_rows));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM announce_products(array(SELECT DISTINCT product_id FROM old_rows));
    ELSE
        PERFORM announce_products(array(SELECT product_id FROM new_rows UNION SELECT product_id FROM old_rows));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER skus_shown_inserted AFTER INSERT ON skus REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION product_parts_changed();
CREATE TRIGGER skus_shown_updated AFTER UPDATE ON skus REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION product_parts_changed();
CREATE TRIGGER skus_shown_deleted AFTER DELETE ON skus REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION product_parts_changed();
CREATE TRIGGER reviews_shown_inserted AFTER INSERT ON reviews REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION product_parts_changed();
CREATE TRIGGER reviews_shown_updated AFTER UPDATE ON reviews REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION product_parts_changed();
CREATE TRIGGER reviews_shown_deleted AFTER DELETE ON reviews REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION product_parts_changed();

CREATE FUNCTION announce_everything_shown() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('petshop_pages', 'all');
    RETURN NULL;
END $$;

CREATE TRIGGER brands_shown_changed AFTER UPDATE OR DELETE ON brands FOR EACH STATEMENT EXECUTE FUNCTION announce_everything_shown();

CREATE FUNCTION announce_wishes() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('petshop_pages', 'wishes:' || coalesce(NEW.shopper_id, OLD.shopper_id));
    RETURN NULL;
END $$;

CREATE TRIGGER wishes_changed AFTER INSERT OR UPDATE OR DELETE ON wish_list_items FOR EACH ROW EXECUTE FUNCTION announce_wishes();

-- Replicas hear of edits to what lists show and sort by: an edit of a SKU arrives here through refresh_product_cards. The payload is one for all rows.

CREATE TRIGGER products_offers_changed AFTER UPDATE ON products FOR EACH ROW
    WHEN ((OLD.price_minor, OLD.prior_price_minor, OLD.sku_count, OLD.diet_tags, OLD.search_text, OLD.released_on)
          IS DISTINCT FROM
          (NEW.price_minor, NEW.prior_price_minor, NEW.sku_count, NEW.diet_tags, NEW.search_text, NEW.released_on))
    EXECUTE FUNCTION announce_row('petshop_catalogue');

-- A tombstone says how far it reaches: over what a browser left, or over a whole person with orders and receipts.
ALTER TABLE erasures ADD COLUMN whole_person boolean NOT NULL DEFAULT false;

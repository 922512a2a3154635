-- Replicas hear of what changes who may be shown which product. The payload is the same for every row, so one transaction sends one message.

CREATE FUNCTION announce_row() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_ARGV[0], TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE TRIGGER products_listed AFTER INSERT OR DELETE ON products FOR EACH STATEMENT EXECUTE FUNCTION announce('petshop_catalogue');
CREATE TRIGGER products_facts_changed AFTER UPDATE ON products FOR EACH ROW
    WHEN ((OLD.is_active, OLD.in_stock, OLD.species, OLD.allergens, OLD.ingredients, OLD.life_stages, OLD.dog_sizes, OLD.is_medicine,
           OLD.category_id, OLD.brand_id, OLD.department, OLD.seasons, OLD.name, OLD.slug)
          IS DISTINCT FROM
          (NEW.is_active, NEW.in_stock, NEW.species, NEW.allergens, NEW.ingredients, NEW.life_stages, NEW.dog_sizes, NEW.is_medicine,
           NEW.category_id, NEW.brand_id, NEW.department, NEW.seasons, NEW.name, NEW.slug))
    EXECUTE FUNCTION announce_row('petshop_catalogue');

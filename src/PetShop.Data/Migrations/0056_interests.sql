-- What someone leans to, beyond the one favourite: a row of its own, so that segment_subjects stays narrow and only rules that ask for it read it.

CREATE TABLE shopper_interests (
    shopper_id uuid NOT NULL,
    categories text[] NOT NULL,
    brands text[] NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_shopper_interests PRIMARY KEY (shopper_id),
    CONSTRAINT fk_shopper_interests_shoppers_shopper_id FOREIGN KEY (shopper_id) REFERENCES shoppers (id) ON DELETE CASCADE
);

-- Since when today's favourites are what they are, nobody wrote down.
INSERT INTO shopper_interests (shopper_id, categories, brands, changed_at)
SELECT shopper_id, array_remove(ARRAY[top_category], NULL), array_remove(ARRAY[top_brand], NULL), now() FROM shopper_features WHERE coalesce(top_category, top_brand) IS NOT NULL;

CREATE TRIGGER shopper_interests_inserted_mark AFTER INSERT ON shopper_interests REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(10, 0);
CREATE TRIGGER shopper_interests_updated_mark AFTER UPDATE ON shopper_interests REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(10, 0);
CREATE TRIGGER shopper_interests_deleted_mark AFTER DELETE ON shopper_interests REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION mark_row_shoppers(10, 0);

-- Past visits as nothing but products in order, for what to show next in a visit. One row; nobody's id is in it.
CREATE TABLE session_logs (
    id integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    session_count integer NOT NULL,
    click_count integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT pk_session_logs PRIMARY KEY (id)
);

CREATE TRIGGER session_logs_changed AFTER INSERT OR UPDATE OR DELETE ON session_logs FOR EACH STATEMENT EXECUTE FUNCTION announce('petshop_models');

-- Households that bought a product on at least two days of the year: how likely a buyer returns.
ALTER TABLE product_stats ADD COLUMN repeaters_365d integer NOT NULL DEFAULT 0;

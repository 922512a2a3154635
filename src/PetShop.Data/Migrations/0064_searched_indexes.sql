-- Indexes for what pages of the admin area ask: reported reviews, the newest runs of jobs, orders by state, products by name and department, sold or not.

CREATE INDEX ix_reviews_report_count ON reviews (report_count) WHERE report_count > 0;
CREATE INDEX ix_job_runs_started_at ON job_runs (started_at);
CREATE INDEX ix_orders_status_placed_at ON orders (status, placed_at);
CREATE INDEX ix_products_name ON products (name);
CREATE INDEX ix_products_department ON products (department);

-- Parts of names, addresses, numbers and codes are found by trigrams where the server ships them; without the extension they are found all the same, row by row.

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
        CREATE INDEX ix_shoppers_parts_trgm ON shoppers USING gin (first_name gin_trgm_ops, last_name gin_trgm_ops, email gin_trgm_ops, city gin_trgm_ops);
        CREATE INDEX ix_orders_parts_trgm ON orders USING gin (number gin_trgm_ops, email gin_trgm_ops, full_name gin_trgm_ops);
        CREATE INDEX ix_products_parts_trgm ON products USING gin (name gin_trgm_ops);
        CREATE INDEX ix_skus_code_trgm ON skus USING gin (code gin_trgm_ops);
    END IF;
END $$;

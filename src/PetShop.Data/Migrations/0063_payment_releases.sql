-- Money of cancelled orders on its way back to whoever paid: written with the cancellation, kept with its answer.

CREATE TABLE payment_releases (
    order_id bigint NOT NULL,
    method text NOT NULL,
    reference text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    next_try_at timestamp with time zone NULL,
    released_at timestamp with time zone NULL,
    last_error text NULL,
    CONSTRAINT pk_payment_releases PRIMARY KEY (order_id),
    CONSTRAINT fk_payment_releases_orders_order_id FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT
);
CREATE INDEX ix_payment_releases_next_try_at ON payment_releases (next_try_at) WHERE next_try_at IS NOT NULL;

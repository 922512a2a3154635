-- What each key has taken of a minute's requests, over all replicas. Nothing is lost with it, so it is not logged.

CREATE UNLOGGED TABLE api_budgets (
    key_id integer NOT NULL,
    kind smallint NOT NULL,
    minute bigint NOT NULL,
    taken integer NOT NULL,
    CONSTRAINT pk_api_budgets PRIMARY KEY (key_id, kind, minute),
    CONSTRAINT fk_api_budgets_api_keys_key_id FOREIGN KEY (key_id) REFERENCES api_keys (id) ON DELETE CASCADE
);

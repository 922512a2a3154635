-- Who answers for a segment, what for, and until when; when its page was last looked at.
ALTER TABLE segments
    ADD COLUMN owner text NOT NULL DEFAULT '',
    ADD COLUMN purpose text NOT NULL DEFAULT '',
    ADD COLUMN review_by date,
    ADD COLUMN opened_at timestamp with time zone;

-- The days of each segment; segment 0 is everyone.
CREATE TABLE segment_days (
    segment_id integer NOT NULL,
    day date NOT NULL,
    members integer NOT NULL,
    visitors integer NOT NULL,
    buying_visitors integer NOT NULL,
    buyers integer NOT NULL,
    repeat_buyers integer NOT NULL,
    orders integer NOT NULL,
    revenue_minor bigint NOT NULL,
    CONSTRAINT pk_segment_days PRIMARY KEY (segment_id, day)
);

-- The timeline of one segment.
CREATE INDEX ix_segment_transitions_segment_id_at ON segment_transitions (segment_id, at);

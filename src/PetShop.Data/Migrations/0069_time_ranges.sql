-- The clock of segments reads the events of one instant several times a look: of ranges of 128 pages it read nine thousand rows for one.
-- Pages that have been filled since are summarised at once, not when the table is cleaned next: until then every look would read all of them.

DROP INDEX ix_events_occurred_at;
CREATE INDEX ix_events_occurred_at ON events USING brin (occurred_at) WITH (autosummarize = true, pages_per_range = 32);

-- Entries and exits are written in the order of their time, so that of a stretch of it the same kind of index knows the pages; of one segment they are read in the order of their ids.
-- An index of segments by time beside it was only one more to write at every entry and exit.
DROP INDEX ix_segment_transitions_segment_id_at;
CREATE INDEX ix_segment_transitions_at ON segment_transitions USING brin (at) WITH (autosummarize = true, pages_per_range = 32);

-- Whether a segment was on, and its schedule, stand with each of its versions.

ALTER TABLE segment_versions
    ADD COLUMN is_active boolean,
    ADD COLUMN starts_at timestamp with time zone,
    ADD COLUMN ends_at timestamp with time zone;

-- The newest version is how the segment stands; how it stood at older ones, nobody wrote down.
UPDATE segment_versions v SET is_active = s.is_active, starts_at = s.starts_at, ends_at = s.ends_at FROM segments s WHERE s.id = v.segment_id AND s.version = v.version;

-- One word each: what compares the variants of a banner is an experiment.

ALTER TABLE banner_trials RENAME TO banner_experiments;
ALTER TABLE banner_experiments RENAME COLUMN looks TO variants;
ALTER TABLE banner_experiments RENAME CONSTRAINT pk_banner_trials TO pk_banner_experiments;
ALTER TABLE banner_experiments RENAME CONSTRAINT fk_banner_trials_banners_banner_id TO fk_banner_experiments_banners_banner_id;
ALTER INDEX ix_banner_trials_banner_id_run RENAME TO ix_banner_experiments_banner_id_run;
ALTER SEQUENCE banner_trials_id_seq RENAME TO banner_experiments_id_seq;

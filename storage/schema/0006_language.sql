-- Norskmaal, and hours of training.

-- A week of a course is up to two rows, because who may see what was planned may not always see who
-- was there.
CREATE TABLE week_hours (
  hours_key ROWKEY,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  week_day BIGINT NOT NULL,          -- the Monday of the ISO week
  course_id TEXT NOT NULL,           -- empty: no course is named
  part SMALLINT NOT NULL,            -- navo::storage::HoursPart
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.WeekHours with this part alone
  UNIQUE (participant_key, week_day, course_id, unit_key, part)
);

-- One row for each controller.
CREATE TABLE norskmaal (
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.Norskmaal
  PRIMARY KEY (participant_key, controller_key)
) CLUSTERED;

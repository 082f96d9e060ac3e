-- What the change feed needs to tell what was open before: one row for each unit that is or was
-- tied to a participant, and each change of tie, ground or protection, with the state before it.
-- Rows are only added. state and detail, by kind (navo::storage::AccessBefore::Kind): a tie's state
-- and whether its identity was confirmed; whether a ground was active; grading and shielding.

CREATE TABLE access_change (
  unit_key BIGINT NOT NULL,          -- whose callers it concerns
  stream SMALLINT NOT NULL,
  seq BIGINT NOT NULL,               -- of the change in the journal
  participant_key BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  ground_key BIGINT NOT NULL,        -- 0 unless it is about a ground
  state SMALLINT NOT NULL,
  detail SMALLINT NOT NULL,
  PRIMARY KEY (unit_key, stream, seq)
) CLUSTERED;

-- Grounds that begin or end by their dates alone.
CREATE INDEX ground_begins ON ground (to_controller_key, valid_from_day) WHERE state = 2;
CREATE INDEX ground_ends ON ground (to_controller_key, valid_to_day) WHERE state = 2;

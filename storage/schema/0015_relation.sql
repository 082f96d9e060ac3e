-- Handovers offered between units, and emergency access. Both let somebody see a participant to
-- whom the own unit is not tied. Times are microseconds UTC. body is the message of the API without
-- ids and names.

CREATE TABLE referral (
  referral_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  state SMALLINT NOT NULL,           -- navo.v1.ReferralState
  controller_key BIGINT NOT NULL,    -- offered by
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  to_controller_key BIGINT NOT NULL,
  to_unit_key BIGINT NOT NULL,
  answered_principal_key BIGINT NOT NULL,  -- 0: not answered
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL                -- navo.v1.Referral
);
-- One open offer from a unit to another for each participant.
CREATE UNIQUE INDEX referral_one_open ON referral (participant_key, to_unit_key, unit_key)
  WHERE state = 1;
CREATE INDEX referral_from ON referral (unit_key, referral_key DESC);
CREATE INDEX referral_to ON referral (to_unit_key, referral_key DESC);

CREATE TABLE emergency_access (
  emergency_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  until_us BIGINT NOT NULL,          -- brought forward when it is ended early
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL                -- navo.v1.EmergencyAccess
);
CREATE INDEX emergency_access_open ON emergency_access (principal_key, until_us);
CREATE INDEX emergency_access_list ON emergency_access (controller_key, emergency_key DESC);

-- Office lock (kontorsperre): 1 while the record is the owner unit's and the participant's alone.
ALTER TABLE follow_up ADD COLUMN office_lock SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE section ADD COLUMN office_lock SMALLINT NOT NULL DEFAULT 0;

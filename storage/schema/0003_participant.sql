-- Participants and why units have to do with them.

-- realm 0 is the ordinary one. A person whom a caller may not know of is registered in the realm of
-- the caller's controller: a shadow record that only that side sees.
CREATE TABLE participant (
  participant_key ROWKEY,
  realm BIGINT NOT NULL,
  grading SMALLINT NOT NULL,         -- navo::access::Grading
  shielded SMALLINT NOT NULL,
  access_revision BIGINT NOT NULL,   -- counts changes of grounds, ties and protection
  created_us BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL
);

-- A number is looked up by its HMAC and stored sealed; both keys are outside the database. Numbers
-- are history: a person may have had several.
CREATE TABLE participant_identifier (
  identifier_hash BYTEA NOT NULL,
  realm BIGINT NOT NULL,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  kind SMALLINT NOT NULL,
  recorded_us BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (identifier_hash, realm)
) CLUSTERED;
CREATE INDEX participant_identifier_participant ON participant_identifier (participant_key);

-- Address grading and shielding as facts, known before the person is a participant.
CREATE TABLE protection (
  identifier_hash BYTEA NOT NULL PRIMARY KEY,
  grading SMALLINT NOT NULL,
  shielded SMALLINT NOT NULL
) CLUSTERED;

-- participant_id is pairwise: another random id for each controller.
CREATE TABLE participant_alias (
  id BYTEA NOT NULL PRIMARY KEY,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL
) CLUSTERED;
CREATE UNIQUE INDEX participant_alias_one ON participant_alias (participant_key, controller_key);

-- Name and contact facts: one row for each controller.
CREATE TABLE participant_facts (
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  version BIGINT NOT NULL,
  name_key TEXT NOT NULL,            -- for the ties' list columns
  interpreter_needed SMALLINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.SideFacts
  PRIMARY KEY (participant_key, controller_key)
) CLUSTERED;

-- name_key, interpreter_needed and last_follow_up_day: what the working list sorts and filters by.
CREATE TABLE tie (
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  unit_key BIGINT NOT NULL,
  controller_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  state SMALLINT NOT NULL,           -- navo::storage::TieState
  reason SMALLINT NOT NULL,
  identity_confirmation SMALLINT NOT NULL,
  since_us BIGINT NOT NULL,
  name_key TEXT NOT NULL,
  interpreter_needed SMALLINT NOT NULL,
  last_follow_up_day BIGINT NOT NULL,  -- days since 1970, 0 for none
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.ContactFacts as registered with the tie
  PRIMARY KEY (participant_key, unit_key)
) CLUSTERED;
CREATE INDEX tie_unit ON tie (unit_key, state, name_key, participant_key);

CREATE TABLE team_member (
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  since_us BIGINT NOT NULL,
  PRIMARY KEY (participant_key, unit_key, principal_key)
) CLUSTERED;

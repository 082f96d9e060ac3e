-- What is shared: grounds, kartlegging, the plan, follow-up and language.
--
-- controller_key, unit_key and principal_key say whose a row is and who wrote it. Ids are the 16
-- bytes of a UUID. Days count from 1970-01-01. body is the message of the API without ids and
-- names.

CREATE TABLE ground (
  ground_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  state SMALLINT NOT NULL,           -- navo.v1.GroundState
  kind SMALLINT NOT NULL,            -- navo.v1.GroundKind
  purpose SMALLINT NOT NULL,         -- navo.v1.Purpose
  controller_key BIGINT NOT NULL,    -- whose data it opens
  to_controller_key BIGINT NOT NULL,
  to_unit_key BIGINT NOT NULL,       -- 0: every unit
  categories BIGINT NOT NULL,        -- bit mask of navo.v1.Category
  valid_from_day BIGINT NOT NULL,
  valid_to_day BIGINT NOT NULL,      -- inclusive
  unit_key BIGINT NOT NULL,          -- registered by; 0 with the participant
  principal_key BIGINT NOT NULL,
  confirmed_unit_key BIGINT NOT NULL,       -- 0 with the participant, or not confirmed
  confirmed_principal_key BIGINT NOT NULL,  -- 0: not confirmed
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL                -- navo.v1.Ground
);
CREATE INDEX ground_receiver ON ground (participant_key, to_controller_key, state);

CREATE TABLE section (
  section_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  kind SMALLINT NOT NULL,            -- navo.v1.SectionKind
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.Section
  UNIQUE (participant_key, kind, controller_key)
);

CREATE TABLE section_confirmation (
  section_key BIGINT NOT NULL REFERENCES section (section_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  role SMALLINT NOT NULL,
  time_us BIGINT NOT NULL,
  PRIMARY KEY (section_key, controller_key)
) CLUSTERED;

-- Duplicate kartlegginger: avoided, chosen, and those that only a missing ground caused (SG1).
CREATE TABLE section_duplicate (
  duplicate_key ROWKEY,
  participant_key BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  unit_key BIGINT NOT NULL,
  outcome SMALLINT NOT NULL,         -- navo::storage::DuplicateOutcome
  reason SMALLINT NOT NULL,          -- navo.v1.DuplicateReason; 0 unless chosen
  time_us BIGINT NOT NULL
);

CREATE TABLE plan (
  plan_key ROWKEY,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  state SMALLINT NOT NULL,           -- 1 open, 2 closed
  opened_us BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL
);
CREATE UNIQUE INDEX plan_one_open ON plan (participant_key) WHERE state = 1;
CREATE INDEX plan_participant ON plan (participant_key, plan_key);

-- version counts every change of the part; goals_version those of goals and state.
CREATE TABLE plan_part (
  plan_key BIGINT NOT NULL REFERENCES plan (plan_key),
  controller_key BIGINT NOT NULL,
  participant_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  state SMALLINT NOT NULL,           -- 1 open, 2 closed, 3 moved away
  version BIGINT NOT NULL,
  goals_version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.PlanPart without steps
  PRIMARY KEY (plan_key, controller_key)
) CLUSTERED;

CREATE TABLE plan_step (
  step_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  plan_key BIGINT NOT NULL REFERENCES plan (plan_key),
  participant_key BIGINT NOT NULL,
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,          -- the one responsible unit
  principal_key BIGINT NOT NULL,
  status SMALLINT NOT NULL,          -- navo.v1.StepStatus
  start_day BIGINT NOT NULL,         -- 1,000,000 when not known: those come last
  offering_key BIGINT NOT NULL,      -- 0 for none
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL                -- navo.v1.Step
);
CREATE INDEX plan_step_plan ON plan_step (plan_key, start_day, step_key);
CREATE INDEX plan_step_offering ON plan_step (offering_key) WHERE offering_key > 0;

CREATE TABLE follow_up (
  follow_up_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  type SMALLINT NOT NULL,            -- navo.v1.FollowUpType
  occurred_us BIGINT NOT NULL,
  step_id BYTEA NOT NULL,            -- of the step it is about; empty for none
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL                -- navo.v1.FollowUp
);
CREATE INDEX follow_up_participant ON follow_up (participant_key, occurred_us, follow_up_key);

CREATE TABLE assessment (
  assessment_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  day BIGINT NOT NULL,
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL                -- navo.v1.Assessment
);
CREATE INDEX assessment_participant ON assessment (participant_key, day, assessment_key);

CREATE TABLE test_result (
  test_result_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  day BIGINT NOT NULL,
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL                -- navo.v1.TestResult
);
CREATE INDEX test_result_participant ON test_result (participant_key, day, test_result_key);

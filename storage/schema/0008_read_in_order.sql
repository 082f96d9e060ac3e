-- What a plan is read by is kept in the order it is read in, so that a read finds its rows side by
-- side: the steps of a plan, and in the index what is asked of a ground and of a plan.

CREATE TABLE plan_step_in_order (
  plan_key BIGINT NOT NULL REFERENCES plan (plan_key),
  start_day BIGINT NOT NULL,         -- 1,000,000 when not known: those come last
  step_key BIGINT NOT NULL UNIQUE,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL,
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,          -- the one responsible unit
  principal_key BIGINT NOT NULL,
  status SMALLINT NOT NULL,          -- navo.v1.StepStatus
  offering_key BIGINT NOT NULL,      -- 0 for none
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.Step
  PRIMARY KEY (plan_key, start_day, step_key)
) CLUSTERED;
INSERT INTO plan_step_in_order (plan_key, start_day, step_key, id, participant_key, controller_key,
  unit_key, principal_key, status, offering_key, version, retention_class, key_id, body)
SELECT plan_key, start_day, step_key, id, participant_key, controller_key, unit_key, principal_key,
  status, offering_key, version, retention_class, key_id, body
FROM plan_step ORDER BY plan_key, start_day, step_key;
DROP TABLE plan_step;
ALTER TABLE plan_step_in_order RENAME TO plan_step;
CREATE INDEX plan_step_offering ON plan_step (offering_key, step_key) WHERE offering_key > 0;

DROP INDEX plan_participant;
CREATE INDEX plan_participant ON plan (participant_key, state, plan_key DESC);

DROP INDEX ground_receiver;
CREATE INDEX ground_receiver ON ground (participant_key, to_controller_key, state, ground_key,
  controller_key, to_unit_key, purpose, categories, valid_from_day, valid_to_day);

-- The directory as data: who answers for what, who works where and in which role, from when to
-- when. Rows are never deleted, because the access log and the journal name them.

-- version counts what the administration did to a row. 0: from before it did anything, when names,
-- roles and scopes stood in the seed file alone; the seed fills such a row, once.
ALTER TABLE controller ADD COLUMN closed SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE controller ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

ALTER TABLE unit ADD COLUMN closed SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE unit ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

-- controller_key: whose administration answers for name and scope; 0 for nobody's yet. id: 16 bytes
-- of a UUID, empty until the row has a version. imports and follows: bit n stands for the value n
-- of navo.v1.ImportFormat and navo.v1.Category; 0 for staff.
ALTER TABLE principal ADD COLUMN id BYTEA NOT NULL DEFAULT '';
ALTER TABLE principal ADD COLUMN controller_key BIGINT NOT NULL DEFAULT 0;
ALTER TABLE principal ADD COLUMN imports BIGINT NOT NULL DEFAULT 0;
ALTER TABLE principal ADD COLUMN follows BIGINT NOT NULL DEFAULT 0;
ALTER TABLE principal ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX principal_by_id ON principal (id) WHERE version > 0;

-- A period in a unit, with roles. Days are inclusive, Europe/Oslo.
CREATE TABLE membership (
  membership_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  principal_key BIGINT NOT NULL REFERENCES principal (principal_key),
  unit_key BIGINT NOT NULL REFERENCES unit (unit_key),
  roles BIGINT NOT NULL,             -- bit n stands for the value n of navo.v1.Role
  installation SMALLINT NOT NULL,    -- 1: DRIFT of the whole installation, not of one controller
  valid_from_day BIGINT NOT NULL,
  valid_to_day BIGINT NOT NULL,
  ended_us BIGINT NOT NULL,          -- when it was ended at once; 0: it runs its period
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id BIGINT NOT NULL
);
CREATE INDEX membership_by_principal ON membership (principal_key, unit_key);
CREATE INDEX membership_by_unit ON membership (unit_key);

-- Own and family's numbers of staff, as HMACs alone: whose case is the own or a relative's. One
-- list for each controller that was told; all of them count.
CREATE TABLE own_number_list (
  principal_key BIGINT NOT NULL REFERENCES principal (principal_key),
  controller_key BIGINT NOT NULL REFERENCES controller (controller_key),
  version BIGINT NOT NULL,
  PRIMARY KEY (principal_key, controller_key)
) CLUSTERED;
CREATE TABLE own_number (
  principal_key BIGINT NOT NULL REFERENCES principal (principal_key),
  controller_key BIGINT NOT NULL REFERENCES controller (controller_key),
  number_hash BYTEA NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id BIGINT NOT NULL,
  PRIMARY KEY (principal_key, controller_key, number_hash)
) CLUSTERED;

-- Who answers for data, who works where, and in which role.

CREATE TABLE controller (
  controller_key ROWKEY,
  id TEXT NOT NULL UNIQUE,
  kind SMALLINT NOT NULL,            -- navo.v1.ControllerKind
  name TEXT NOT NULL
);

CREATE TABLE unit (
  unit_key ROWKEY,
  id TEXT NOT NULL UNIQUE,
  controller_key BIGINT NOT NULL REFERENCES controller (controller_key),
  name TEXT NOT NULL
);

-- Staff and systems. Participants sign in with their own number and have no row here.
CREATE TABLE principal (
  principal_key ROWKEY,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind SMALLINT NOT NULL,            -- 1 staff, 2 system
  name TEXT NOT NULL,
  UNIQUE (issuer, subject)
);

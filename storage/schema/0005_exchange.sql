-- What came from other systems, and how old it is there.

CREATE TABLE offering (
  offering_key ROWKEY,
  controller_key BIGINT NOT NULL,
  source_system TEXT NOT NULL,
  source_id TEXT NOT NULL,
  known SMALLINT NOT NULL,           -- 0: named by a participation, not come itself yet
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.Offering
  UNIQUE (controller_key, source_system, source_id)
);

-- One row for each record of another system that was taken in: the newest source time wins.
CREATE TABLE source_record (
  controller_key BIGINT NOT NULL,
  source_system TEXT NOT NULL,
  kind SMALLINT NOT NULL,            -- navo.v1.ImportFormat
  source_id TEXT NOT NULL,
  source_us BIGINT NOT NULL,
  content_hash BYTEA NOT NULL,
  participant_key BIGINT NOT NULL,
  record_key BIGINT NOT NULL,
  imported_us BIGINT NOT NULL,
  PRIMARY KEY (controller_key, source_system, kind, source_id)
) CLUSTERED;

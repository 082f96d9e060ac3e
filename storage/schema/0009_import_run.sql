-- Imports that are under way or were interrupted, so that they can go on. A finished one has no
-- row.

CREATE TABLE import_run (
  run_key ROWKEY,
  unit_key BIGINT NOT NULL,
  source_system TEXT NOT NULL,
  format SMALLINT NOT NULL,          -- navo.v1.ImportFormat
  encoding SMALLINT NOT NULL,        -- navo.v1.TextEncoding
  file_key TEXT NOT NULL,            -- what the client calls the file
  attempt BIGINT NOT NULL,           -- counts goings-on: only the newest keeps notes here
  parts BIGINT NOT NULL,             -- rows of import_run_part
  next_line BIGINT NOT NULL,         -- line number at the offset of the body
  header BYTEA NOT NULL,             -- header line as in the file; empty when there is none
  time_us BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.InterruptedImport
  UNIQUE (unit_key, source_system, format, encoding, file_key)
);
CREATE INDEX import_run_time ON import_run (time_us);

-- What was reported of the rows, and which ids they had.
CREATE TABLE import_run_part (
  run_key BIGINT NOT NULL REFERENCES import_run (run_key),
  part BIGINT NOT NULL,
  row_ids BYTEA NOT NULL,            -- digests of ids that may stand in a file once, 8 bytes each
  body BYTEA NOT NULL,               -- navo.v1.ImportResponse
  PRIMARY KEY (run_key, part)
) CLUSTERED;

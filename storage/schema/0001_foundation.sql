-- What every subject stands on: the journal, the access log and the answers kept for replay.
-- Times are microseconds UTC. Rows of the journal and the access log are only added.

CREATE TABLE stream_head (
  stream SMALLINT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL
) CLUSTERED;
INSERT INTO stream_head (stream, seq)
VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0),
       (11, 0), (12, 0), (13, 0), (14, 0), (15, 0), (16, 0);

CREATE TABLE journal (
  stream SMALLINT NOT NULL,
  seq BIGINT NOT NULL,
  participant_key BIGINT NOT NULL,
  subject SMALLINT NOT NULL,
  act SMALLINT NOT NULL,
  record_key BIGINT NOT NULL,
  record_id TEXT NOT NULL,
  controller_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  version BIGINT NOT NULL,
  time_us BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (stream, seq)
) CLUSTERED;
CREATE INDEX journal_by_record ON journal (participant_key, subject, record_key, seq);

CREATE TABLE access_log (
  position ROWKEY,
  time_us BIGINT NOT NULL,
  participant_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  unit_key BIGINT NOT NULL,
  role SMALLINT NOT NULL,
  relation SMALLINT NOT NULL,
  act BYTEA NOT NULL,
  rpc SMALLINT NOT NULL,
  shown BIGINT NOT NULL,
  shown_through BIGINT NOT NULL,
  withheld BIGINT NOT NULL,
  purpose SMALLINT NOT NULL,
  ground_key BIGINT NOT NULL,
  decision SMALLINT NOT NULL,
  reason SMALLINT NOT NULL,
  revision BIGINT NOT NULL,
  chain BYTEA NOT NULL
);
CREATE INDEX access_log_by_participant ON access_log (participant_key, position);

CREATE TABLE request (
  principal_key BIGINT NOT NULL,
  request_id TEXT NOT NULL,
  rpc SMALLINT NOT NULL,
  body_hash BYTEA NOT NULL,
  answer BYTEA NOT NULL,
  time_us BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id BIGINT NOT NULL,
  PRIMARY KEY (principal_key, request_id)
) CLUSTERED;
CREATE INDEX request_by_time ON request (time_us);

-- What makes the access log's chain provable from outside: signed checkpoints, the public keys they
-- are checked with, and the words behind its numbers. Rows are only added.

CREATE TABLE log_checkpoint (
  number ROWKEY,                     -- 1, 2, 3 ... without gaps
  position BIGINT NOT NULL,          -- of the newest row it vouches for
  chain BYTEA NOT NULL,              -- of that row
  time_us BIGINT NOT NULL,
  kind SMALLINT NOT NULL,            -- navo::storage::CheckpointKind
  month BIGINT NOT NULL,             -- yyyymm (Europe/Oslo) where it closes or drops one, else 0
  key_id TEXT NOT NULL,
  signature BYTEA NOT NULL           -- Ed25519 over navo::storage::CheckpointText
);
CREATE INDEX log_checkpoint_kind ON log_checkpoint (kind, number);

CREATE TABLE log_key (
  key_id TEXT NOT NULL PRIMARY KEY,
  public_key BYTEA NOT NULL,
  since_us BIGINT NOT NULL
) CLUSTERED;

-- So that a row can be read in words long after the program that wrote it.
CREATE TABLE log_word (
  kind SMALLINT NOT NULL,            -- 1 method (rpc), 2 reason
  number BIGINT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (kind, number)
) CLUSTERED;

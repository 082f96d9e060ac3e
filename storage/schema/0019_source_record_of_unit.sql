-- Ids of pupils, courses and weeks are a school's own: two schools of one owner may have the same
-- for different people, and neither may change what the other brought. The table is made anew,
-- since a key cannot be changed in every engine. What is there goes to the unit whose step it
-- became, else to the one that the person was first tied to by a file.
CREATE TABLE source_record_of_unit (
  controller_key BIGINT NOT NULL,
  source_system TEXT NOT NULL,
  kind SMALLINT NOT NULL,            -- navo.v1.ImportFormat
  unit_key BIGINT NOT NULL,          -- whose ids these are; 0: the whole controller's
  source_id TEXT NOT NULL,
  source_us BIGINT NOT NULL,
  content_hash BYTEA NOT NULL,
  participant_key BIGINT NOT NULL,
  record_key BIGINT NOT NULL,
  imported_us BIGINT NOT NULL,
  PRIMARY KEY (controller_key, source_system, kind, unit_key, source_id)
) CLUSTERED;
INSERT INTO source_record_of_unit (controller_key, source_system, kind, unit_key, source_id,
  source_us, content_hash, participant_key, record_key, imported_us)
SELECT r.controller_key, r.source_system, r.kind,
  CASE WHEN r.kind IN (3, 4, 5) THEN COALESCE(
    (SELECT s.unit_key FROM plan_step s WHERE s.step_key = r.record_key),
    (SELECT MIN(t.unit_key) FROM tie t
     WHERE t.participant_key = r.participant_key AND t.controller_key = r.controller_key), 0)
  ELSE 0 END,
  r.source_id, r.source_us, r.content_hash, r.participant_key, r.record_key, r.imported_us
FROM source_record r;
DROP TABLE source_record;
ALTER TABLE source_record_of_unit RENAME TO source_record;

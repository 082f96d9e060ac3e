-- Sections of kinds that stay with the unit: one for each unit, where it was one for each
-- controller. A second unit of a controller must neither meet the first one's nor write over it,
-- and the same goes for who confirmed one. The tables are made anew, since a constraint cannot be
-- taken away in every engine.

CREATE TABLE section_by_owner (
  section_key ROWKEY,
  id BYTEA NOT NULL UNIQUE,
  participant_key BIGINT NOT NULL REFERENCES participant (participant_key),
  kind SMALLINT NOT NULL,            -- navo.v1.SectionKind
  controller_key BIGINT NOT NULL,
  own_unit_key BIGINT NOT NULL,      -- the unit that alone has it; 0: the controller's
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  version BIGINT NOT NULL,
  retention_class SMALLINT NOT NULL,
  key_id SMALLINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.Section
  UNIQUE (participant_key, kind, controller_key, own_unit_key)
);
INSERT INTO section_by_owner (section_key, id, participant_key, kind, controller_key, own_unit_key,
  unit_key, principal_key, version, retention_class, key_id, body)
SELECT section_key, id, participant_key, kind, controller_key, 0, unit_key, principal_key, version,
  retention_class, key_id, body FROM section ORDER BY section_key;

CREATE TABLE section_confirmation_by_owner (
  section_key BIGINT NOT NULL REFERENCES section_by_owner (section_key),
  controller_key BIGINT NOT NULL,
  own_unit_key BIGINT NOT NULL,      -- as of the section's kind: the confirming unit, or 0
  unit_key BIGINT NOT NULL,
  principal_key BIGINT NOT NULL,
  role SMALLINT NOT NULL,
  time_us BIGINT NOT NULL,
  PRIMARY KEY (section_key, controller_key, own_unit_key)
) CLUSTERED;
INSERT INTO section_confirmation_by_owner (section_key, controller_key, own_unit_key, unit_key,
  principal_key, role, time_us)
SELECT section_key, controller_key, 0, unit_key, principal_key, role, time_us
FROM section_confirmation ORDER BY section_key, controller_key;

DROP TABLE section_confirmation;
DROP TABLE section;
ALTER TABLE section_by_owner RENAME TO section;
ALTER TABLE section_confirmation_by_owner RENAME TO section_confirmation;

-- Protection that changes while the server runs, and shadow records that were merged.

-- A system whose scope it is says how people are protected, as the person register does.
ALTER TABLE principal ADD COLUMN sets_protection SMALLINT NOT NULL DEFAULT 0;

-- source: 0 as the seed file said, which may say it anew; 1 set since, which the file does not
-- undo.
ALTER TABLE protection ADD COLUMN source SMALLINT NOT NULL DEFAULT 0;

-- Whose a shadow record's content is since it was merged; 0: it was not. Nobody sees a merged one
-- by its own key any more: its grading is 5, its ids stand for the participant, its number is kept
-- under a realm that is looked for by nobody (the negative of its key).
ALTER TABLE participant ADD COLUMN merged_into BIGINT NOT NULL DEFAULT 0;
CREATE INDEX participant_shadow ON participant (realm, participant_key)
  WHERE realm > 0 AND merged_into = 0;
CREATE INDEX participant_merged ON participant (merged_into) WHERE merged_into > 0;

-- What administrators add to the consent texts and laws that are part of the program. A row here
-- stands in the place of what the program has under the same name; words are never changed.

CREATE TABLE consent_text (
  consent_text_key ROWKEY,
  text_id TEXT NOT NULL,
  text_version BIGINT NOT NULL,
  language TEXT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.ConsentText
  version BIGINT NOT NULL,           -- counts the changes: made, reviewed
  retention_class SMALLINT NOT NULL,
  key_id BIGINT NOT NULL,
  UNIQUE (text_id, text_version, language)
);

CREATE TABLE legal_basis (
  legal_basis_key ROWKEY,
  law_reference TEXT NOT NULL,
  law_version_day BIGINT NOT NULL,
  body BYTEA NOT NULL,               -- navo.v1.LegalBasis
  version BIGINT NOT NULL,           -- counts the changes: made, closed
  retention_class SMALLINT NOT NULL,
  key_id BIGINT NOT NULL,
  UNIQUE (law_reference, law_version_day)
);

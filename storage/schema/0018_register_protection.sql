-- What the person register (or the seed file) said last of a number is the least: staff may ask for
-- more and take that back, but not go below it. What was said before counts as the register's.
ALTER TABLE protection ADD COLUMN register_grading SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE protection ADD COLUMN register_shielded SMALLINT NOT NULL DEFAULT 0;
UPDATE protection SET register_grading = grading, register_shielded = shielded;

-- What ends, or moves, with a participant.
CREATE INDEX emergency_access_of ON emergency_access (participant_key);
CREATE INDEX referral_of ON referral (participant_key);

-- A reading finds the grounds that are not past alone, however many there were; lists and the
-- reminders that a ground ends find their own.
DROP INDEX ground_receiver;
CREATE INDEX ground_receiver ON ground (participant_key, to_controller_key, state,
  valid_to_day DESC, ground_key, controller_key, to_unit_key, purpose, categories, valid_from_day,
  kind);
CREATE INDEX ground_participant ON ground (participant_key, ground_key);
CREATE INDEX ground_giver ON ground (participant_key, controller_key, ground_key);
CREATE INDEX ground_giver_ends ON ground (controller_key, valid_to_day) WHERE state = 2;

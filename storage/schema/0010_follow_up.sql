-- Follow-up events change: every version is in the journal, the row is the newest.
--
-- A joint meeting is the events of several sides: meeting_key is the follow_up_key of the event
-- that was there first, in that row too; 0 for an event that is no joint meeting.

ALTER TABLE follow_up ADD COLUMN meeting_key BIGINT NOT NULL DEFAULT 0;
CREATE INDEX follow_up_meeting ON follow_up (meeting_key) WHERE meeting_key > 0;

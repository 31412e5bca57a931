-- A message may be accepted now for a later time. It waits in the outbox like any other; this is what tells it from one that is merely late.
ALTER TABLE outbox ADD COLUMN scheduled_at timestamptz;
COMMENT ON COLUMN outbox.scheduled_at IS 'When the user wants it sent; null for messages that go at once. due_at may be later, after a try that did not get through.';

CREATE INDEX outbox_scheduled ON outbox (coach_id, scheduled_at, message_id) WHERE scheduled_at IS NOT NULL;
CREATE INDEX outbox_scheduled_of_all ON outbox (scheduled_at, message_id) WHERE scheduled_at IS NOT NULL;

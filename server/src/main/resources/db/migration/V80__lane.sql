-- Messages that are paced and paused together: those of one bulk. Its id is the bulk's.
CREATE TYPE lane_state AS ENUM ('SCHEDULED', 'RUNNING', 'PAUSED', 'CANCELLING', 'CANCELLED', 'COMPLETED');

CREATE TABLE lane (
    id            uuid        PRIMARY KEY,
    coach_id      uuid,
    state         lane_state  NOT NULL,
    paused_reason text,
    starts_at     timestamptz NOT NULL DEFAULT now(),
    started_at    timestamptz,
    ended_at      timestamptz,
    CONSTRAINT lane_paused_says_why CHECK ((state = 'PAUSED') = (paused_reason IS NOT NULL)),
    CONSTRAINT lane_running_has_started CHECK (started_at IS NOT NULL OR state NOT IN ('RUNNING', 'COMPLETED')),
    CONSTRAINT lane_ended_says_when CHECK ((ended_at IS NOT NULL) = (state IN ('CANCELLED', 'COMPLETED')))
) WITH (fillfactor = 70);
COMMENT ON TABLE lane IS 'Control row of a set of messages. Whoever begins one of them holds this row FOR SHARE, so that a pause is a barrier.';
COMMENT ON COLUMN lane.starts_at IS 'When it may begin, by the database''s clock. started_at: when it first ran.';

CREATE INDEX lane_active ON lane (state) WHERE state IN ('SCHEDULED', 'RUNNING', 'CANCELLING');
CREATE INDEX lane_of_coach ON lane (coach_id, state) WHERE state IN ('SCHEDULED', 'RUNNING', 'PAUSED', 'CANCELLING');

CREATE TABLE lane_pace (
    lane_id      uuid        PRIMARY KEY REFERENCES lane,
    delay_ms     integer     NOT NULL CHECK (delay_ms BETWEEN 0 AND 60000),
    next_send_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
COMMENT ON TABLE lane_pace IS 'When the next message of a lane may go. Apart from lane, so that taking a slot never waits for a pause.';

ALTER TABLE message ADD COLUMN lane_id uuid REFERENCES lane;
COMMENT ON COLUMN message.lane_id IS 'The lane it was accepted in, null for a single message. In no index: a bulk knows its messages.';

ALTER TABLE outbox ADD COLUMN lane_id uuid REFERENCES lane;
COMMENT ON COLUMN outbox.lane_id IS 'The lane it waits in; null also for a message whose lane had ended when it came back to the queue.';
ALTER TABLE outbox ADD COLUMN first_begun_at timestamptz;
COMMENT ON COLUMN outbox.first_begun_at IS 'When it was first tried: a message of a lane may have waited for days before, and that is no failure.';

DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (due_at, message_id) WHERE state = 'QUEUED' AND lane_id IS NULL;
CREATE INDEX outbox_of_lane ON outbox (lane_id, due_at, message_id) WHERE state = 'QUEUED';

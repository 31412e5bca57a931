-- One request, many messages. A bulk's messages run in the lane of the same id.
CREATE TYPE bulk_verdict AS ENUM ('ACCEPTED', 'FAILED', 'SKIPPED');

CREATE TABLE bulk (
    id                        uuid        PRIMARY KEY REFERENCES lane,
    coach_id                  uuid        REFERENCES account,
    sender_type               sender_type NOT NULL CHECK (sender_type IN ('COACH', 'ADMIN')),
    sender_id                 uuid        NOT NULL,
    parent_id                 uuid        REFERENCES bulk,
    name                      text,
    draft                     jsonb       NOT NULL,
    template_version          integer,
    delay_ms                  integer     NOT NULL CHECK (delay_ms BETWEEN 0 AND 60000),
    auto_pause_after_failures integer     CHECK (auto_pause_after_failures > 0),
    scheduled_at              timestamptz,
    created_at                timestamptz NOT NULL,
    total                     integer     NOT NULL CHECK (total > 0),
    skipped                   integer     NOT NULL CHECK (skipped >= 0),
    successful                integer     NOT NULL CHECK (successful >= 0),
    failed                    integer     NOT NULL CHECK (failed >= 0),
    pending                   integer     NOT NULL CHECK (pending >= 0),
    unconfirmed               integer     NOT NULL CHECK (unconfirmed >= 0),
    cancelled                 integer     NOT NULL CHECK (cancelled >= 0),
    credits_reserved          bigint      NOT NULL DEFAULT 0 CHECK (credits_reserved >= 0),
    credits_used              bigint      NOT NULL DEFAULT 0 CHECK (credits_used >= 0),
    moved_at                  timestamptz NOT NULL,
    refused_in_a_row          integer     NOT NULL DEFAULT 0,
    undelivered_in_a_row      integer     NOT NULL DEFAULT 0,
    CONSTRAINT bulk_adds_up CHECK (successful + failed + skipped + pending + unconfirmed + cancelled = total)
) WITH (fillfactor = 70);
COMMENT ON TABLE bulk IS 'Sends to many at once. coach_id: whose it is; of an admin''s the coach it speaks for, null when each lead''s own. Counters are folded from bulk_move.';
COMMENT ON COLUMN bulk.draft IS 'What is said, as it was asked for: a retry says the same. Addresses of recipients are not in it.';
COMMENT ON COLUMN bulk.refused_in_a_row IS 'Messages WhatsApp refused since it last took one.';
COMMENT ON COLUMN bulk.undelivered_in_a_row IS 'Messages WhatsApp took and then reported failed, since one last arrived.';

CREATE INDEX bulk_newest ON bulk (coach_id, created_at DESC, id DESC);
CREATE INDEX bulk_newest_of_all ON bulk (created_at DESC, id DESC);
CREATE INDEX bulk_parent ON bulk (parent_id) WHERE parent_id IS NOT NULL;

-- What moved in one statement. Writers only insert, so no two results ever wait for each other's counter; a worker folds.
CREATE TABLE bulk_move (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bulk_id          uuid        NOT NULL,
    at               timestamptz NOT NULL DEFAULT now(),
    successful       integer     NOT NULL DEFAULT 0,
    failed           integer     NOT NULL DEFAULT 0,
    pending          integer     NOT NULL DEFAULT 0,
    unconfirmed      integer     NOT NULL DEFAULT 0,
    cancelled        integer     NOT NULL DEFAULT 0,
    credits_reserved bigint      NOT NULL DEFAULT 0,
    credits_used     bigint      NOT NULL DEFAULT 0,
    accepted         integer     NOT NULL DEFAULT 0,
    refused          integer     NOT NULL DEFAULT 0,
    arrived          integer     NOT NULL DEFAULT 0,
    undelivered      integer     NOT NULL DEFAULT 0,
    CONSTRAINT bulk_move_adds_up CHECK (successful + failed + pending + unconfirmed + cancelled = 0)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON TABLE bulk_move IS 'What is not folded into bulk yet. Insert-only for writers; the fold deletes. accepted, refused, arrived, undelivered: what happened, for the pause after failures.';

CREATE INDEX bulk_move_of_bulk ON bulk_move (bulk_id, id);

-- Whom it was for, one row per line of the request, and why a line became no message.
CREATE TABLE bulk_recipient (
    bulk_id    uuid         NOT NULL,
    position   integer      NOT NULL CHECK (position >= 0),
    verdict    bulk_verdict NOT NULL,
    code       text,
    error      text,
    message_id uuid,
    contact_id uuid,
    phone      text,
    lead_id    uuid,
    name       text,
    parameters jsonb,
    retried_in uuid,
    PRIMARY KEY (bulk_id, position),
    CONSTRAINT bulk_recipient_accepted_is_a_message CHECK ((verdict = 'ACCEPTED') = (message_id IS NOT NULL)),
    CONSTRAINT bulk_recipient_refused_says_why CHECK ((verdict = 'ACCEPTED') = (code IS NULL))
);
COMMENT ON TABLE bulk_recipient IS 'Recipients of a bulk. How an accepted one fared is told by its message. Written with its bulk in one transaction and never apart from it: ten thousand foreign keys to check would cost more than the rows.';
COMMENT ON COLUMN bulk_recipient.retried_in IS 'The bulk that tries again for this recipient: nobody is tried again twice.';

CREATE INDEX bulk_recipient_of_contact ON bulk_recipient (contact_id) WHERE contact_id IS NOT NULL;

-- Where a message stands for its bulk; what is open is pending or, by its outbox row, unconfirmed.
CREATE FUNCTION bulk_fate(
    outcome message_outcome, delivered_at timestamptz, read_at timestamptz, failed_at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN outcome IS NULL THEN 'OPEN'
                WHEN coalesce(delivered_at, read_at) IS NOT NULL THEN 'SUCCESSFUL'
                WHEN failed_at IS NOT NULL OR outcome IN ('FAILED', 'ABANDONED') THEN 'FAILED'
                WHEN outcome = 'CANCELLED' THEN 'CANCELLED'
                ELSE 'SUCCESSFUL' END;
COMMENT ON FUNCTION bulk_fate IS 'Proof of arrival outranks a failure.';

CREATE FUNCTION bulk_message_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_fate text := bulk_fate(OLD.outcome, OLD.delivered_at, OLD.read_at, OLD.failed_at);
    new_fate text := bulk_fate(NEW.outcome, NEW.delivered_at, NEW.read_at, NEW.failed_at);
BEGIN
    INSERT INTO bulk_move (bulk_id, successful, failed, pending, cancelled, accepted, refused, arrived, undelivered)
    VALUES (NEW.lane_id,
            (new_fate = 'SUCCESSFUL')::integer - (old_fate = 'SUCCESSFUL')::integer,
            (new_fate = 'FAILED')::integer - (old_fate = 'FAILED')::integer,
            (new_fate = 'OPEN')::integer - (old_fate = 'OPEN')::integer,
            (new_fate = 'CANCELLED')::integer - (old_fate = 'CANCELLED')::integer,
            (old_fate <> 'SUCCESSFUL' AND new_fate = 'SUCCESSFUL')::integer,
            (old_fate = 'OPEN' AND new_fate = 'FAILED')::integer,
            message_arrived(NEW.delivered_at, NEW.read_at) - message_arrived(OLD.delivered_at, OLD.read_at),
            (old_fate = 'SUCCESSFUL' AND new_fate = 'FAILED')::integer);
    RETURN NULL;
END
$$;
-- By row with a condition: messages outside bulks cost nothing here.
CREATE TRIGGER message_moves_its_bulk AFTER UPDATE ON message
    FOR EACH ROW WHEN (NEW.lane_id IS NOT NULL
        AND (bulk_fate(NEW.outcome, NEW.delivered_at, NEW.read_at, NEW.failed_at),
             message_arrived(NEW.delivered_at, NEW.read_at))
            IS DISTINCT FROM (bulk_fate(OLD.outcome, OLD.delivered_at, OLD.read_at, OLD.failed_at),
                              message_arrived(OLD.delivered_at, OLD.read_at)))
    EXECUTE FUNCTION bulk_message_moved();

-- The message knows its bulk even when its place in the outbox is in no lane any more. Losing sight of one is rare.
CREATE FUNCTION bulk_outbox_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sight integer := CASE WHEN TG_OP = 'UPDATE' AND NEW.state = 'UNKNOWN' THEN 1 ELSE -1 END;
BEGIN
    INSERT INTO bulk_move (bulk_id, unconfirmed, pending)
    SELECT lane_id, sight, -sight
      FROM message
     WHERE id = OLD.message_id AND lane_id IS NOT NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER outbox_moves_its_bulk AFTER UPDATE ON outbox
    FOR EACH ROW WHEN ((OLD.state = 'UNKNOWN') <> (NEW.state = 'UNKNOWN'))
    EXECUTE FUNCTION bulk_outbox_moved();
CREATE TRIGGER outbox_leaves_its_bulk AFTER DELETE ON outbox
    FOR EACH ROW WHEN (OLD.state = 'UNKNOWN')
    EXECUTE FUNCTION bulk_outbox_moved();

CREATE FUNCTION bulk_credit_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bulk_move (bulk_id, credits_reserved, credits_used)
    SELECT message.lane_id,
           sum(CASE added.kind WHEN 'RESERVE' THEN added.amount
                               WHEN 'CAPTURE' THEN -added.amount
                               WHEN 'RELEASE' THEN -added.amount ELSE 0 END),
           sum(CASE added.kind WHEN 'CAPTURE' THEN added.amount WHEN 'REFUND' THEN -added.amount ELSE 0 END)
      FROM added
      JOIN message ON message.id = added.message_id
     WHERE message.lane_id IS NOT NULL
     GROUP BY message.lane_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_entry_moves_its_bulk AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION bulk_credit_moved();

-- The same for messages: their places in the outbox, which are what a lane is asked about, keep naming a lane that is there.
ALTER TABLE message DROP CONSTRAINT message_lane_id_fkey;

CREATE VIEW bulk_now AS
    SELECT bulk.id, bulk.total, bulk.skipped,
           bulk.successful + moved.successful AS successful,
           bulk.failed + moved.failed AS failed,
           bulk.pending + moved.pending AS pending,
           bulk.unconfirmed + moved.unconfirmed AS unconfirmed,
           bulk.cancelled + moved.cancelled AS cancelled,
           bulk.credits_reserved + moved.credits_reserved AS credits_reserved,
           bulk.credits_used + moved.credits_used AS credits_used,
           greatest(bulk.moved_at, moved.last_at) AS moved_at
      FROM bulk
     CROSS JOIN LATERAL (
           SELECT coalesce(sum(successful), 0) AS successful, coalesce(sum(failed), 0) AS failed,
                  coalesce(sum(pending), 0) AS pending, coalesce(sum(unconfirmed), 0) AS unconfirmed,
                  coalesce(sum(cancelled), 0) AS cancelled, coalesce(sum(credits_reserved), 0) AS credits_reserved,
                  coalesce(sum(credits_used), 0) AS credits_used, max(at) AS last_at
             FROM bulk_move
            WHERE bulk_move.bulk_id = bulk.id) AS moved;
COMMENT ON VIEW bulk_now IS 'The counters of bulks as they are at this moment: folded ones and what moved since.';

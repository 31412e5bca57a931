-- Counts of messages, moved in the transaction of the fact and never counted in a request.
-- A statement on message writes what it moved as new rows of message_count_move, one per key, so no two transactions ever
-- wait for each other's counter. A worker folds these rows into message_count; readers add both.
CREATE TYPE count_span AS ENUM ('QUARTER', 'DAY', 'EVER');

CREATE TABLE message_count (
    coach_id       uuid        NOT NULL,
    span           count_span  NOT NULL,
    starts_at      timestamptz NOT NULL,
    sender_type    sender_type NOT NULL,
    failure_code   text        NOT NULL,
    total          bigint      NOT NULL,
    sent           bigint      NOT NULL,
    delivered      bigint      NOT NULL,
    read           bigint      NOT NULL,
    replies        bigint      NOT NULL,
    reply_seconds  bigint      NOT NULL,
    failure_title  text,
    last_failed_at timestamptz,
    PRIMARY KEY (coach_id, span, starts_at, sender_type, failure_code)
) WITH (fillfactor = 70);
COMMENT ON TABLE message_count IS 'Messages by coach, the quarter hour or UTC day they were accepted in (or ever), sender and failure code. Quarter hours are exact in every time zone.';
COMMENT ON COLUMN message_count.coach_id IS 'The nil uuid stands for "no coach"; ffffffff-… holds the sum of all, which admins read.';
COMMENT ON COLUMN message_count.failure_code IS 'Of messages shown as failed; empty for all others. Sender LEAD: inbound.';
COMMENT ON COLUMN message_count.sent IS 'Accepted by WhatsApp; contains delivered, which contains read.';
COMMENT ON COLUMN message_count.replies IS 'Messages of the coach that followed one of the customer, and how long these had waited.';

CREATE INDEX message_count_span ON message_count (span, starts_at);

CREATE TABLE message_count_move (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    coach_id       uuid        NOT NULL,
    starts_at      timestamptz NOT NULL,
    sender_type    sender_type NOT NULL,
    failure_code   text        NOT NULL,
    total          bigint      NOT NULL,
    sent           bigint      NOT NULL,
    delivered      bigint      NOT NULL,
    read           bigint      NOT NULL,
    replies        bigint      NOT NULL DEFAULT 0,
    reply_seconds  bigint      NOT NULL DEFAULT 0,
    failure_title  text,
    last_failed_at timestamptz
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON TABLE message_count_move IS 'What statements moved and is not in message_count yet. Insert-only for writers; the fold deletes.';

CREATE INDEX message_count_move_coach ON message_count_move (coach_id);

CREATE FUNCTION message_quarter(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('15 minutes', at, '2000-01-01T00:00:00Z');

CREATE FUNCTION message_facts(
    direction message_direction, outcome message_outcome, delivered_at timestamptz, read_at timestamptz,
    failed_at timestamptz, code text, title text)
RETURNS TABLE (sent integer, delivered integer, read integer, failure_code text, failure_title text)
LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT seen.sent::integer, seen.delivered::integer, seen.read::integer,
           CASE WHEN seen.failed THEN coalesce(code, outcome::text) ELSE '' END,
           CASE WHEN seen.failed THEN title END
      FROM (SELECT direction = 'OUTBOUND'
                   AND (outcome IS NOT DISTINCT FROM 'ACCEPTED' OR coalesce(delivered_at, read_at) IS NOT NULL),
                   direction = 'OUTBOUND' AND coalesce(delivered_at, read_at) IS NOT NULL,
                   direction = 'OUTBOUND' AND read_at IS NOT NULL,
                   coalesce(delivered_at, read_at) IS NULL
                   AND (failed_at IS NOT NULL OR coalesce(outcome IN ('FAILED', 'ABANDONED'), false))
           ) AS seen (sent, delivered, read, failed)
$$;
COMMENT ON FUNCTION message_facts IS 'What one message adds to the counts. Proof of arrival outranks a failure.';

CREATE FUNCTION message_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_count_move (coach_id, starts_at, sender_type, failure_code, total, sent, delivered, read,
                                    replies, reply_seconds, failure_title, last_failed_at)
    SELECT coalesce(added.coach_id, '00000000-0000-0000-0000-000000000000'), message_quarter(added.sent_at),
           added.sender_type, facts.failure_code, count(*), sum(facts.sent), sum(facts.delivered), sum(facts.read),
           count(answered.id),
           coalesce(sum(greatest(0, extract(epoch FROM added.sent_at - answered.sent_at)))::bigint, 0),
           max(facts.failure_title), max(added.failed_at)
      FROM added
     CROSS JOIN LATERAL message_facts(added.direction, added.outcome, added.delivered_at, added.read_at,
                                      added.failed_at, added.failure_code, added.failure_title) AS facts
           -- The conversation still shows the message before this one.
      LEFT JOIN conversation ON added.sender_type = 'COACH' AND conversation.contact_id = added.contact_id
      LEFT JOIN message AS answered ON answered.id = conversation.last_message_id AND answered.direction = 'INBOUND'
     GROUP BY 1, 2, 3, 4;
    RETURN NULL;
END
$$;

CREATE FUNCTION message_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_count_move (coach_id, starts_at, sender_type, failure_code, total, sent, delivered, read,
                                    failure_title, last_failed_at)
    SELECT coalesce(moved.coach_id, '00000000-0000-0000-0000-000000000000'), message_quarter(moved.sent_at),
           moved.sender_type, facts.failure_code, sum(sign), sum(sign * facts.sent), sum(sign * facts.delivered),
           sum(sign * facts.read), max(facts.failure_title), max(moved.failed_at)
      FROM (SELECT 1 AS sign, coach_id, sent_at, sender_type, direction, outcome, delivered_at, read_at, failed_at,
                   failure_code, failure_title
              FROM added
             UNION ALL
            SELECT -1, coach_id, sent_at, sender_type, direction, outcome, delivered_at, read_at, failed_at,
                   failure_code, failure_title
              FROM gone) AS moved
     CROSS JOIN LATERAL message_facts(moved.direction, moved.outcome, moved.delivered_at, moved.read_at,
                                      moved.failed_at, moved.failure_code, moved.failure_title) AS facts
     GROUP BY 1, 2, 3, 4
    HAVING sum(sign) <> 0 OR sum(sign * facts.sent) <> 0 OR sum(sign * facts.delivered) <> 0
        OR sum(sign * facts.read) <> 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION message_count_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_count_move (coach_id, starts_at, sender_type, failure_code, total, sent, delivered, read)
    SELECT coalesce(gone.coach_id, '00000000-0000-0000-0000-000000000000'), message_quarter(gone.sent_at),
           gone.sender_type, facts.failure_code, -count(*), -sum(facts.sent), -sum(facts.delivered), -sum(facts.read)
      FROM gone
     CROSS JOIN LATERAL message_facts(gone.direction, gone.outcome, gone.delivered_at, gone.read_at,
                                      gone.failed_at, gone.failure_code, gone.failure_title) AS facts
     GROUP BY 1, 2, 3, 4;
    RETURN NULL;
END
$$;

CREATE TRIGGER message_is_counted AFTER INSERT ON message
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION message_count_added();
CREATE TRIGGER message_is_counted_anew AFTER UPDATE ON message
    REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION message_count_changed();
CREATE TRIGGER message_is_counted_no_more AFTER DELETE ON message
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION message_count_removed();

INSERT INTO message_count_move (coach_id, starts_at, sender_type, failure_code, total, sent, delivered, read,
                                failure_title, last_failed_at)
SELECT coalesce(message.coach_id, '00000000-0000-0000-0000-000000000000'), message_quarter(message.sent_at),
       message.sender_type, facts.failure_code, count(*), sum(facts.sent), sum(facts.delivered), sum(facts.read),
       max(facts.failure_title), max(message.failed_at)
  FROM message
 CROSS JOIN LATERAL message_facts(message.direction, message.outcome, message.delivered_at, message.read_at,
                                  message.failed_at, message.failure_code, message.failure_title) AS facts
 GROUP BY 1, 2, 3, 4;

-- Lists of messages by age: of one coach, and of all.
CREATE INDEX message_newest ON message (coach_id, sent_at DESC, id DESC);
CREATE INDEX message_newest_of_all ON message (sent_at DESC, id DESC);

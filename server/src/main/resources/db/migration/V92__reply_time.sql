-- How long customers waited for a coach's reply, as a histogram: its median is not moved by one reply after a weekend, as a mean is.
-- A bucket is an eighth of a doubling, so the median read from it is off by at most nine percent.
CREATE FUNCTION reply_bucket(seconds double precision) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN floor(8 * log(2, (greatest(0, seconds) + 1)::numeric))::integer;

CREATE FUNCTION reply_bucket_from(bucket integer) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN 2 ^ (bucket / 8.0::double precision) - 1;
COMMENT ON FUNCTION reply_bucket_from IS 'The seconds a bucket begins at; it ends where the next one begins.';

CREATE TABLE reply_time (
    coach_id  uuid        NOT NULL,
    span      count_span  NOT NULL,
    starts_at timestamptz NOT NULL,
    bucket    integer     NOT NULL CHECK (bucket >= 0),
    replies   bigint      NOT NULL,
    PRIMARY KEY (coach_id, span, starts_at, bucket)
) WITH (fillfactor = 70);
COMMENT ON TABLE reply_time IS 'Replies of a coach by how long the customer had waited, per quarter hour, UTC day and ever.';

CREATE INDEX reply_time_span ON reply_time (span, starts_at);

CREATE TABLE reply_time_move (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    coach_id  uuid        NOT NULL,
    starts_at timestamptz NOT NULL,
    bucket    integer     NOT NULL,
    replies   bigint      NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON TABLE reply_time_move IS 'Replies that are not in reply_time yet. Insert-only for writers; the fold deletes.';

CREATE OR REPLACE FUNCTION message_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH counted AS (
        SELECT coalesce(added.coach_id, '00000000-0000-0000-0000-000000000000') AS coach_id,
               message_quarter(added.sent_at) AS starts_at, added.sender_type, facts.failure_code, facts.sent,
               facts.delivered, facts.read, facts.failure_title, added.failed_at,
               reply_bucket(extract(epoch FROM added.sent_at - answered.sent_at)) AS bucket
          FROM added
         CROSS JOIN LATERAL message_facts(added.direction, added.outcome, added.delivered_at, added.read_at,
                                          added.failed_at, added.failure_code, added.failure_title) AS facts
               -- The conversation still shows the message before this one.
          LEFT JOIN conversation ON added.sender_type = 'COACH' AND conversation.contact_id = added.contact_id
          LEFT JOIN message AS answered
                 ON answered.id = conversation.last_message_id AND answered.direction = 'INBOUND'
    ), replied AS (
        INSERT INTO reply_time_move (coach_id, starts_at, bucket, replies)
        SELECT coach_id, starts_at, bucket, count(*)
          FROM counted
         WHERE bucket IS NOT NULL
         GROUP BY coach_id, starts_at, bucket
    )
    INSERT INTO message_count_move (coach_id, starts_at, sender_type, failure_code, total, sent, delivered, read,
                                    replies, failure_title, last_failed_at)
    SELECT coach_id, starts_at, sender_type, failure_code, count(*), sum(sent), sum(delivered), sum(read),
           count(bucket), max(failure_title), max(failed_at)
      FROM counted
     GROUP BY coach_id, starts_at, sender_type, failure_code;
    RETURN NULL;
END
$$;

ALTER TABLE message_count DROP COLUMN reply_seconds;
ALTER TABLE message_count_move DROP COLUMN reply_seconds;
COMMENT ON COLUMN message_count.replies IS 'Messages of the coach that followed one of the customer.';

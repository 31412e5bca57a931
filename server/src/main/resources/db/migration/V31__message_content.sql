-- What a message carries besides its text: a file WhatsApp fetches from the sender's own address, a template.
-- The caption of a file is the message's text, its kind the message's type.
ALTER TABLE message
    ADD COLUMN media_url        text,
    ADD COLUMN media_filename   text,
    ADD COLUMN template_id      uuid,
    ADD COLUMN template_version integer,
    ADD CONSTRAINT message_template_is_there
        FOREIGN KEY (template_id, template_version) REFERENCES template_version (template_id, n) MATCH FULL,
    ADD CONSTRAINT message_media_has_a_kind CHECK (
        media_url IS NULL OR type IN ('IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT', 'STICKER'));
COMMENT ON COLUMN message.media_url IS 'Outbound: the public https address WhatsApp fetches the file from. This server never does.';
COMMENT ON COLUMN message.template_version IS 'The version the text was made from, whatever became of the template since.';

-- How often a template was used and how well it did, moved in the transaction of the fact.
CREATE TABLE template_usage (
    template_id uuid        PRIMARY KEY REFERENCES template,
    uses        bigint      NOT NULL DEFAULT 0 CHECK (uses >= 0),
    last_used   timestamptz,
    settled     bigint      NOT NULL DEFAULT 0 CHECK (settled >= 0),
    delivered   bigint      NOT NULL DEFAULT 0 CHECK (delivered >= 0)
) WITH (fillfactor = 70);
COMMENT ON TABLE template_usage IS 'Kept counters per template. settled: arrived or failed for good; delivered: arrived.';

CREATE TABLE template_usage_change (
    transaction_id xid8        NOT NULL DEFAULT pg_current_xact_id(),
    template_id    uuid        NOT NULL,
    uses           bigint      NOT NULL,
    last_used      timestamptz,
    settled        bigint      NOT NULL,
    delivered      bigint      NOT NULL
);
COMMENT ON TABLE template_usage_change IS 'What the running transaction will add to template_usage. Folded into it at commit, so that the row many senders share is locked for a moment only and always in the order of ids.';

CREATE INDEX template_usage_change_of_transaction ON template_usage_change (transaction_id);

-- Fires once a row; the first time folds them all.
CREATE FUNCTION template_usage_fold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved record;
BEGIN
    FOR moved IN
        WITH mine AS (
            DELETE FROM template_usage_change
             WHERE transaction_id = pg_current_xact_id()
            RETURNING template_id, uses, last_used, settled, delivered
        )
        SELECT template_id, sum(uses) AS uses, max(last_used) AS last_used, sum(settled) AS settled,
               sum(delivered) AS delivered
          FROM mine
         GROUP BY template_id
         ORDER BY template_id
    LOOP
        INSERT INTO template_usage (template_id) VALUES (moved.template_id) ON CONFLICT DO NOTHING;
        UPDATE template_usage
           SET uses = uses + moved.uses,
               last_used = greatest(last_used, moved.last_used),
               settled = settled + moved.settled,
               delivered = delivered + moved.delivered
         WHERE template_id = moved.template_id;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER template_usage_change_is_folded AFTER INSERT ON template_usage_change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION template_usage_fold();

CREATE FUNCTION message_arrived(delivered_at timestamptz, read_at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (delivered_at IS NOT NULL OR read_at IS NOT NULL)::integer;

CREATE FUNCTION message_settled(
    outcome message_outcome, delivered_at timestamptz, read_at timestamptz, failed_at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (delivered_at IS NOT NULL OR read_at IS NOT NULL OR failed_at IS NOT NULL
            OR coalesce(outcome IN ('FAILED', 'ABANDONED'), false))::integer;

CREATE FUNCTION message_uses_template() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO template_usage_change (template_id, uses, last_used, settled, delivered)
    SELECT template_id, count(*), max(sent_at),
           sum(message_settled(outcome, delivered_at, read_at, failed_at)),
           sum(message_arrived(delivered_at, read_at))
      FROM added
     WHERE template_id IS NOT NULL
     GROUP BY template_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER message_added_uses_template AFTER INSERT ON message
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION message_uses_template();

-- By row, since messages move one at a time, and most of them without a template: those cost nothing here.
CREATE FUNCTION message_template_did() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO template_usage_change (template_id, uses, settled, delivered)
    VALUES (NEW.template_id, 0,
            message_settled(NEW.outcome, NEW.delivered_at, NEW.read_at, NEW.failed_at)
                - message_settled(OLD.outcome, OLD.delivered_at, OLD.read_at, OLD.failed_at),
            message_arrived(NEW.delivered_at, NEW.read_at) - message_arrived(OLD.delivered_at, OLD.read_at));
    RETURN NULL;
END
$$;
CREATE TRIGGER message_moved_settles_template AFTER UPDATE ON message
    FOR EACH ROW WHEN (NEW.template_id IS NOT NULL
        AND (message_settled(NEW.outcome, NEW.delivered_at, NEW.read_at, NEW.failed_at),
             message_arrived(NEW.delivered_at, NEW.read_at))
            IS DISTINCT FROM (message_settled(OLD.outcome, OLD.delivered_at, OLD.read_at, OLD.failed_at),
                              message_arrived(OLD.delivered_at, OLD.read_at)))
    EXECUTE FUNCTION message_template_did();

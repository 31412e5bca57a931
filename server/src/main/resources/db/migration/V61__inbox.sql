-- What the inbox filters by, kept on the row: put aside by the coach, and whether the person had the last word.
ALTER TABLE conversation
    ADD COLUMN archived boolean NOT NULL DEFAULT false,
    ADD COLUMN awaiting boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN conversation.archived IS 'Put aside by the coach; the person''s next message brings it back.';
COMMENT ON COLUMN conversation.awaiting IS 'The last message is the person''s: somebody has yet to reply.';

UPDATE conversation
   SET awaiting = true
  FROM message
 WHERE message.id = conversation.last_message_id AND message.direction = 'INBOUND';

-- Lists are read in the order of these: of one coach, and of all for admins.
DROP INDEX conversation_newest, conversation_newest_of_all, conversation_unread;
CREATE INDEX conversation_newest ON conversation (coach_id, archived, last_message_at DESC, contact_id DESC);
CREATE INDEX conversation_newest_of_all ON conversation (archived, last_message_at DESC, contact_id DESC);
CREATE INDEX conversation_unread ON conversation (coach_id, archived, last_message_at DESC, contact_id DESC)
    WHERE unread_count > 0;
CREATE INDEX conversation_unread_of_all ON conversation (archived, last_message_at DESC, contact_id DESC)
    WHERE unread_count > 0;

-- The total is that of the list as it opens: what is archived is not in it. Nearly all updates pass the trigger by.
COMMENT ON COLUMN coach_total.conversations IS 'Conversations that are not archived.';

CREATE FUNCTION conversation_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coach_total_move(coach_id, 0, sum(change))
       FROM (SELECT OLD.coach_id, -1
              WHERE NOT OLD.archived
              UNION ALL
             SELECT NEW.coach_id, 1
              WHERE TG_OP = 'UPDATE' AND NOT NEW.archived) AS moved (coach_id, change)
      GROUP BY coach_id
      ORDER BY coach_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER conversation_moved AFTER UPDATE ON conversation
    FOR EACH ROW
    WHEN (OLD.coach_id IS DISTINCT FROM NEW.coach_id OR OLD.archived <> NEW.archived)
    EXECUTE FUNCTION conversation_moved();
CREATE TRIGGER conversation_removed AFTER DELETE ON conversation
    FOR EACH ROW EXECUTE FUNCTION conversation_moved();

-- Message texts are searched within one coach's messages or within all, without case and accents.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX message_text ON message USING gin (coach_id, folded(text) gin_trgm_ops) WHERE text IS NOT NULL;

-- It looks at every letter: the planner should rather ask an index.
ALTER FUNCTION folded(text) COST 1000;

-- Whose window is open, or about to close.
CREATE INDEX last_inbound_newest ON last_inbound (phone_number_id, at);

-- A deleted contact keeps her row and her messages, so that she is the same contact should she come back. No list, search or total shows her.
ALTER TABLE contact ADD COLUMN deleted_at timestamptz;
COMMENT ON COLUMN contact.deleted_at IS 'Set while she is deleted; who writes again, or is written to, comes back.';

DROP INDEX contact_newest, contact_newest_of_all;
CREATE INDEX contact_newest ON contact (coach_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX contact_newest_of_all ON contact (created_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE OR REPLACE FUNCTION contact_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM coach_total_move(coach_id, -count(*), 0) FROM gone
          WHERE deleted_at IS NULL GROUP BY coach_id ORDER BY coach_id;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM coach_total_move(coach_id, count(*), 0) FROM added
          WHERE deleted_at IS NULL GROUP BY coach_id ORDER BY coach_id;
    END IF;
    RETURN NULL;
END
$$;

-- Moves a contact between the totals of two coaches, and both a contact and her conversation out of them or back.
CREATE FUNCTION contact_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    threads bigint;
BEGIN
    IF OLD.deleted_at IS NULL AND NEW.deleted_at IS NULL THEN
        PERFORM coach_total_move(moved.coach, moved.contacts, 0)
           FROM (VALUES (OLD.coach_id, -1), (NEW.coach_id, 1)) AS moved (coach, contacts)
          ORDER BY moved.coach;
        RETURN NULL;
    END IF;
    IF (OLD.deleted_at IS NULL) = (NEW.deleted_at IS NULL) THEN
        RETURN NULL;
    END IF;
    SELECT count(*) INTO threads FROM conversation WHERE contact_id = NEW.id;
    IF NEW.deleted_at IS NULL THEN
        PERFORM coach_total_move(NEW.coach_id, 1, threads);
    ELSE
        PERFORM coach_total_move(OLD.coach_id, -1, -threads);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER contact_moved AFTER UPDATE OF coach_id, deleted_at ON contact
    FOR EACH ROW
    WHEN (OLD.coach_id IS DISTINCT FROM NEW.coach_id OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
    EXECUTE FUNCTION contact_moved();

-- The thread of a contact deleted meanwhile is not counted until she comes back.
CREATE OR REPLACE FUNCTION conversation_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coach_total_move(added.coach_id, 0, count(*))
       FROM added
       JOIN contact ON contact.id = added.contact_id AND contact.deleted_at IS NULL
      GROUP BY added.coach_id
      ORDER BY added.coach_id;
    RETURN NULL;
END
$$;

-- Who wants no more marketing from a business number, whichever coach it would come from.
CREATE TYPE opt_out_source AS ENUM ('KEYWORD', 'WHATSAPP', 'MANUAL');

CREATE TABLE opt_out (
    phone_number_id  text           NOT NULL,
    person           text           NOT NULL,
    since            timestamptz    NOT NULL,
    source           opt_out_source NOT NULL,
    proof_message_id uuid           REFERENCES message,
    PRIMARY KEY (phone_number_id, person)
);
COMMENT ON TABLE opt_out IS 'People who take no marketing from a business number, with the message that proves it when there is one.';

CREATE TABLE opt_out_change (
    id               bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    phone_number_id  text           NOT NULL,
    person           text           NOT NULL,
    opted_out        boolean        NOT NULL,
    source           opt_out_source NOT NULL,
    actor_id         uuid,
    proof_message_id uuid,
    at               timestamptz    NOT NULL
);
COMMENT ON TABLE opt_out_change IS 'Every opt-out and every way back, append-only. actor_id is null when the person did it herself.';

CREATE INDEX opt_out_change_of_person ON opt_out_change (phone_number_id, person, id DESC);

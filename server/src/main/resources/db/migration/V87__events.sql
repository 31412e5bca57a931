-- Events that could not be applied, for an operator to look at; and what people chose in WhatsApp's own settings.
ALTER TYPE whatsapp_event_kind ADD VALUE 'PREFERENCE';

ALTER TABLE whatsapp_event ADD COLUMN failures integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN whatsapp_event.failures IS 'How often applying it failed. Being parked, to wait for its message, is no failure.';

CREATE INDEX whatsapp_event_dead ON whatsapp_event (received_at DESC, id DESC) WHERE problem IS NOT NULL;

-- Nothing reads events of other kinds: they are kept, and wait for nobody.
UPDATE whatsapp_event SET applied_at = received_at WHERE kind = 'OTHER' AND applied_at IS NULL;

-- People WhatsApp cannot bring messages to: not on WhatsApp, or blocked by us.
CREATE TABLE unreachable (
    phone_number_id text        NOT NULL,
    person          text        NOT NULL,
    since           timestamptz NOT NULL,
    code            integer     NOT NULL,
    PRIMARY KEY (phone_number_id, person)
);
COMMENT ON TABLE unreachable IS 'Per (business number, person): the newest failure that says so. Gone as soon as a message arrives or the person writes.';

CREATE TABLE marketing_preference (
    person    text        PRIMARY KEY,
    opted_out boolean     NOT NULL,
    at        timestamptz NOT NULL
);
COMMENT ON TABLE marketing_preference IS 'The newest choice of each person in WhatsApp''s own settings, by WhatsApp''s time: an older one that comes late or again changes nothing.';

-- After a restore messages may have been sent that this database knows nothing of: nothing is begun until an operator says so.
CREATE TABLE sending_hold (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    since    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE sending_hold IS 'A row while sending is held.';

CREATE FUNCTION sending_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM sending_hold) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION sending_is_held IS 'Whoever begins a send while sending is held begins nothing.';
CREATE TRIGGER outbox_begins_nothing_while_held BEFORE UPDATE ON outbox
    FOR EACH ROW WHEN (NEW.state = 'SENDING' AND OLD.state = 'QUEUED') EXECUTE FUNCTION sending_is_held();

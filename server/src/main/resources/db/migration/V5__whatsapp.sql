-- What WhatsApp told us, one row per status, inbound message or other event, committed before its webhook is answered.
CREATE TYPE whatsapp_event_kind AS ENUM ('STATUS', 'MESSAGE', 'OTHER');

CREATE TABLE whatsapp_event (
    id              uuid                PRIMARY KEY,
    kind            whatsapp_event_kind NOT NULL,
    phone_number_id text,
    wamid           text,
    payload         text                NOT NULL,
    received_at     timestamptz         NOT NULL DEFAULT now(),
    due_at          timestamptz         NOT NULL DEFAULT now(),
    tries           integer             NOT NULL DEFAULT 0,
    applied_at      timestamptz,
    problem         text
) WITH (fillfactor = 80);
COMMENT ON TABLE whatsapp_event IS 'Events from webhooks, raw. Unapplied ones are read again: a status may come before our own commit of its wamid.';
COMMENT ON COLUMN whatsapp_event.payload IS 'The JSON of this event with its metadata and contacts, as text: jsonb would refuse \u0000.';

CREATE INDEX whatsapp_event_due ON whatsapp_event (kind, due_at, id) WHERE applied_at IS NULL;
CREATE INDEX whatsapp_event_waiting ON whatsapp_event (wamid) WHERE applied_at IS NULL;

-- Whether the business number may be used. Stopped by errors that no retry cures: token, policy, billing.
CREATE TABLE channel (
    phone_number_id text        PRIMARY KEY,
    stopped_at      timestamptz,
    stop_code       integer,
    stop_title      text,
    CONSTRAINT channel_stop_has_a_reason CHECK ((stopped_at IS NULL) = (stop_code IS NULL))
);
COMMENT ON TABLE channel IS 'One row per business number. While stopped nothing is begun; a health call starts it again.';

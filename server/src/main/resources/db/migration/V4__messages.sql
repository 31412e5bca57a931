-- One WhatsApp message, in either direction. What is still open has a row in outbox; what is settled has an outcome.
CREATE TYPE message_direction AS ENUM ('OUTBOUND', 'INBOUND');
CREATE TYPE message_type AS ENUM (
    'TEXT', 'TEMPLATE', 'IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT', 'STICKER', 'LOCATION', 'CONTACTS',
    'INTERACTIVE', 'BUTTON', 'REACTION', 'ORDER', 'SYSTEM', 'UNSUPPORTED');
CREATE TYPE sender_type AS ENUM ('COACH', 'ADMIN', 'AUTOMATION', 'LEAD');
CREATE TYPE routing_reason AS ENUM ('QUOTED', 'LATEST_OUTBOUND', 'SOLE_OWNER', 'UNASSIGNED');
CREATE TYPE message_outcome AS ENUM ('ACCEPTED', 'FAILED', 'CANCELLED', 'ABANDONED');
CREATE TYPE outbox_state AS ENUM ('QUEUED', 'SENDING', 'UNKNOWN');
CREATE TYPE attempt_outcome AS ENUM ('OPEN', 'ACCEPTED', 'REJECTED', 'NOT_SENT', 'UNKNOWN');

CREATE TABLE message (
    id                 uuid              PRIMARY KEY,
    contact_id         uuid              NOT NULL REFERENCES contact,
    coach_id           uuid,
    direction          message_direction NOT NULL,
    sender_type        sender_type       NOT NULL,
    sender_id          uuid              NOT NULL,
    type               message_type      NOT NULL,
    text               text,
    recipient_phone    text,
    phone_number_id    text              NOT NULL,
    wamid              text,
    reply_to_wamid     text,
    sent_at            timestamptz       NOT NULL,
    price              bigint            NOT NULL DEFAULT 0 CHECK (price >= 0),
    resends_authorised integer           NOT NULL DEFAULT 0 CHECK (resends_authorised >= 0),
    outcome            message_outcome,
    accepted_at        timestamptz,
    delivered_at       timestamptz,
    read_at            timestamptz,
    failed_at          timestamptz,
    failure_code       text,
    failure_title      text,
    failure_details    text,
    is_read            boolean           NOT NULL,
    routed_by          routing_reason,
    raw                text,
    CONSTRAINT message_price_has_a_payer CHECK (price = 0 OR (coach_id IS NOT NULL AND direction = 'OUTBOUND')),
    CONSTRAINT message_inbound_is_no_send CHECK (
        direction = 'OUTBOUND' OR (sender_type = 'LEAD' AND outcome IS NULL AND wamid IS NOT NULL)),
    CONSTRAINT message_accepted_is_known_to_whatsapp CHECK (outcome <> 'ACCEPTED' OR wamid IS NOT NULL),
    CONSTRAINT message_failed_says_why CHECK (failed_at IS NULL OR failure_code IS NOT NULL)
) WITH (fillfactor = 70);
COMMENT ON TABLE message IS 'Outbound and inbound messages. The status people see is computed from these facts and the outbox.';
COMMENT ON COLUMN message.sent_at IS 'Outbound: when we accepted it. Inbound: WhatsApp''s own timestamp.';
COMMENT ON COLUMN message.is_read IS 'Inbound: read by the coach. Outbound: always true.';
COMMENT ON COLUMN message.routed_by IS 'Inbound: why this conversation got it.';
COMMENT ON COLUMN message.raw IS 'Inbound: WhatsApp''s own JSON of the message, so that nothing it said is lost.';

CREATE UNIQUE INDEX message_wamid ON message (phone_number_id, wamid) WHERE wamid IS NOT NULL;
CREATE INDEX message_thread ON message (contact_id, sent_at DESC, id DESC);
CREATE INDEX message_unread ON message (contact_id) WHERE NOT is_read;

-- The open work, and nothing else: a row leaves when its message is settled.
CREATE TABLE outbox (
    message_id  uuid         PRIMARY KEY REFERENCES message,
    coach_id    uuid,
    state       outbox_state NOT NULL DEFAULT 'QUEUED',
    due_at      timestamptz  NOT NULL,
    created_at  timestamptz  NOT NULL DEFAULT now(),
    tries       integer      NOT NULL DEFAULT 0,
    attempt_id  uuid,
    lease_until timestamptz,
    CONSTRAINT outbox_sending_is_leased CHECK ((state = 'SENDING') = (lease_until IS NOT NULL)),
    CONSTRAINT outbox_begun_has_an_attempt CHECK (state = 'QUEUED' OR attempt_id IS NOT NULL)
) WITH (fillfactor = 70);
COMMENT ON TABLE outbox IS 'Messages not settled yet. SENDING was committed before the first byte went out; UNKNOWN is never sent again by itself.';

CREATE INDEX outbox_due ON outbox (due_at, message_id) WHERE state = 'QUEUED';
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'SENDING';

-- One try at WhatsApp. Its id travels as biz_opaque_callback_data, so a webhook can name it before we know the wamid.
CREATE TABLE attempt (
    id              uuid            PRIMARY KEY,
    message_id      uuid            NOT NULL REFERENCES message,
    n               integer         NOT NULL,
    phone_number_id text            NOT NULL,
    begun_at        timestamptz     NOT NULL DEFAULT now(),
    outcome         attempt_outcome NOT NULL DEFAULT 'OPEN',
    wamid           text,
    error_code      integer,
    cause           text,
    CONSTRAINT attempt_number_is_unique UNIQUE (message_id, n),
    CONSTRAINT attempt_accepted_has_a_wamid CHECK (outcome <> 'ACCEPTED' OR wamid IS NOT NULL)
) WITH (fillfactor = 70);
COMMENT ON TABLE attempt IS 'Every time a message may have reached WhatsApp. At most one of them is not proven unsent, unless an operator ordered a resend.';

CREATE UNIQUE INDEX attempt_wamid ON attempt (phone_number_id, wamid) WHERE wamid IS NOT NULL;

-- The thread of one contact: what a list of conversations shows, kept with each message.
CREATE TABLE conversation (
    contact_id      uuid        PRIMARY KEY REFERENCES contact,
    coach_id        uuid,
    last_message_id uuid        NOT NULL REFERENCES message,
    last_message_at timestamptz NOT NULL,
    message_count   bigint      NOT NULL DEFAULT 0 CHECK (message_count >= 0),
    unread_count    bigint      NOT NULL DEFAULT 0 CHECK (unread_count >= 0)
) WITH (fillfactor = 70);
COMMENT ON TABLE conversation IS 'One row per contact with messages: last message, unread and total counts.';

CREATE INDEX conversation_newest ON conversation (coach_id, last_message_at DESC, contact_id DESC);
CREATE INDEX conversation_newest_of_all ON conversation (last_message_at DESC, contact_id DESC);
CREATE INDEX conversation_unread ON conversation (coach_id, last_message_at DESC) WHERE unread_count > 0;

CREATE FUNCTION conversation_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coach_total_move(coach_id, 0, count(*)) FROM added GROUP BY coach_id ORDER BY coach_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER conversation_added AFTER INSERT ON conversation
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION conversation_count();

-- WhatsApp's read receipts still to be sent. Sending one twice does no harm.
CREATE TABLE read_receipt (
    message_id uuid        PRIMARY KEY REFERENCES message,
    due_at     timestamptz NOT NULL DEFAULT now(),
    tries      integer     NOT NULL DEFAULT 0
);
COMMENT ON TABLE read_receipt IS 'Inbound messages a coach has read and WhatsApp has not been told of yet.';

-- How fast the business number sends: one row that every node takes its slots from, many at once.
CREATE TABLE number_pace (
    phone_number_id text        PRIMARY KEY,
    next_send_at    timestamptz NOT NULL DEFAULT now(),
    slowed_to       float8      CHECK (slowed_to > 0),
    slowed_at       timestamptz,
    CONSTRAINT number_pace_slowed_says_when CHECK ((slowed_to IS NULL) = (slowed_at IS NULL))
) WITH (fillfactor = 50);
COMMENT ON TABLE number_pace IS 'Next free slot of a business number. slowed_to: messages a second it was slowed to at slowed_at; from there the rate recovers by itself.';

-- WhatsApp takes from one sender to one person a burst of messages and then one every few seconds.
-- Not logged: after a crash every bucket is full again, and WhatsApp itself says if that was too soon.
CREATE UNLOGGED TABLE person_pace (
    phone_number_id text        NOT NULL,
    person          text        NOT NULL,
    full_at         timestamptz NOT NULL,
    granted         integer     NOT NULL DEFAULT 0,
    not_before      timestamptz NOT NULL DEFAULT '-infinity',
    refusals        integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (phone_number_id, person)
) WITH (fillfactor = 50);
COMMENT ON TABLE person_pace IS 'Token bucket per (business number, person): full again at full_at. Rows whose bucket is full are swept.';
COMMENT ON COLUMN person_pace.granted IS 'Tokens given out at the last asking, for whoever asked in that transaction.';
COMMENT ON COLUMN person_pace.not_before IS 'WhatsApp said "too many to this person"; each refusal in a row makes the wait four times as long.';

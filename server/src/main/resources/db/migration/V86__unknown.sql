-- Since when nobody knows what became of a send: after a while an operator is told, and much later it is given up.
ALTER TABLE outbox ADD COLUMN unknown_since timestamptz;
UPDATE outbox SET unknown_since = now() WHERE state = 'UNKNOWN';
ALTER TABLE outbox ADD CONSTRAINT outbox_unknown_says_since_when CHECK ((state = 'UNKNOWN') = (unknown_since IS NOT NULL));
COMMENT ON COLUMN outbox.unknown_since IS 'Since when the outcome is unknown, by the database''s clock.';

CREATE INDEX outbox_unknown ON outbox (unknown_since) WHERE state = 'UNKNOWN';

-- What an operator should know of now. Raised and cleared by facts, never by hand.
CREATE TYPE alert_kind AS ENUM (
    'UNCONFIRMED', 'CHANNEL_STOPPED', 'INVARIANT_BROKEN', 'SENDING_LATE', 'WEBHOOKS_SILENT', 'DEAD_LETTERS',
    'FOREIGN_REPORT', 'SENDING_HELD', 'SPAM_REPORTED');

CREATE TABLE alert (
    id      uuid        PRIMARY KEY,
    kind    alert_kind  NOT NULL,
    subject text        NOT NULL,
    details text        NOT NULL,
    since   timestamptz NOT NULL,
    until   timestamptz,
    CONSTRAINT alert_ends_after_it_began CHECK (until >= since)
);
COMMENT ON TABLE alert IS 'Alerts, open while until is null; at most one open per kind and subject. subject is an id or a name of ours, never a personal value.';

CREATE UNIQUE INDEX alert_open ON alert (kind, subject) WHERE until IS NULL;
CREATE INDEX alert_newest ON alert (since DESC, id DESC);
CREATE INDEX alert_ended ON alert (until) WHERE until IS NOT NULL;

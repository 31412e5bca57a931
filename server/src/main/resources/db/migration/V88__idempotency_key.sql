-- A client names a request by a key of its own, so that sending it again makes nothing new.
CREATE TABLE idempotency_key (
    account_id   uuid        NOT NULL REFERENCES account,
    key_hash     bytea       NOT NULL CHECK (octet_length(key_hash) = 32),
    request_hash bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
    message_id   uuid        REFERENCES message,
    lane_id      uuid        REFERENCES lane,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, key_hash),
    CONSTRAINT idempotency_key_made_one_thing CHECK (num_nonnulls(message_id, lane_id) = 1),
    CONSTRAINT idempotency_key_message_has_one UNIQUE (message_id),
    CONSTRAINT idempotency_key_lane_has_one UNIQUE (lane_id)
);
COMMENT ON TABLE idempotency_key IS 'Accepted requests that may be sent again, for seven days. Written in the transaction of what they made, so refused requests leave no row.';
COMMENT ON COLUMN idempotency_key.key_hash IS 'SHA-256 of the client''s key, which may say anything.';
COMMENT ON COLUMN idempotency_key.request_hash IS 'SHA-256 of method, path and body, the body''s JSON with its fields in order.';

CREATE INDEX idempotency_key_oldest ON idempotency_key (created_at);

-- How much of something an account may still do at present, for all nodes together.
CREATE TYPE rate_kind AS ENUM ('CALLS', 'SENDS');

CREATE UNLOGGED TABLE rate (
    account_id uuid        NOT NULL,
    kind       rate_kind   NOT NULL,
    tokens     integer     NOT NULL CHECK (tokens >= 0),
    taken      integer     NOT NULL CHECK (taken >= 0),
    filled_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, kind)
) WITH (fillfactor = 50);
COMMENT ON TABLE rate IS 'A bucket of tokens per account and kind. Nodes take a batch at a time, so a call seldom touches it. After a crash of the database all buckets are full.';
COMMENT ON COLUMN rate.taken IS 'What the last taker got.';
COMMENT ON COLUMN rate.filled_at IS 'When tokens were last added: by the database''s clock, so that nodes need not agree.';

-- People of the platform may have no e-mail address, or one that an account here already has.
ALTER TABLE account
    ALTER COLUMN email DROP NOT NULL,
    ADD COLUMN platform_subject     text,
    ADD COLUMN must_change_password boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT account_platform_subject_is_unique UNIQUE (platform_subject),
    ADD CONSTRAINT account_password_has_an_email CHECK (password_hash IS NULL OR email IS NOT NULL),
    ADD CONSTRAINT account_can_be_reached CHECK (email IS NOT NULL OR platform_subject IS NOT NULL),
    ADD CONSTRAINT account_must_change_a_password CHECK (NOT must_change_password OR password_hash IS NOT NULL);
COMMENT ON COLUMN account.platform_subject IS 'Who this is in the tokens of the surrounding platform; null for accounts made here.';
COMMENT ON COLUMN account.must_change_password IS 'The password was made for her and shown once; until she has her own only /api/auth is open.';

-- A demo has no configured secret: the first server that signs a token makes one, for all nodes and restarts.
ALTER TABLE installation ADD COLUMN token_secret bytea CHECK (octet_length(token_secret) >= 32);
COMMENT ON COLUMN installation.token_secret IS 'Signs access tokens of a demo. Always null in a real installation, where the secret is configured.';

CREATE TABLE session (
    id            uuid        PRIMARY KEY,
    account_id    uuid        NOT NULL REFERENCES account ON DELETE CASCADE,
    seed          bytea       NOT NULL,
    token_hash    bytea       NOT NULL,
    previous_hash bytea,
    rotated_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL
);
COMMENT ON TABLE session IS 'One login: a family of refresh tokens, of which only the newest and the one before it are known. Logging out deletes the row.';
COMMENT ON COLUMN session.seed IS 'The next token is HMAC-SHA256(seed, token): asked twice with the same token, the answer is the same.';

CREATE INDEX session_of_account ON session (account_id, expires_at);

CREATE TABLE login_failure (
    who_hash bytea       NOT NULL,
    address  text        NOT NULL,
    since    timestamptz NOT NULL,
    failures integer     NOT NULL CHECK (failures >= 0),
    PRIMARY KEY (who_hash, address)
);
COMMENT ON TABLE login_failure IS 'Failed logins per account and address since the first of them, shared by all nodes. Hashed: people type passwords into e-mail fields.';

CREATE INDEX login_failure_oldest ON login_failure (since);

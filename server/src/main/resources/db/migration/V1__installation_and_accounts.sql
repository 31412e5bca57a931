-- Which kind of installation this database belongs to; decided once, at the first start.
CREATE TYPE installation_mode AS ENUM ('DEMO', 'REAL');

CREATE TABLE installation (
    only_row   boolean           PRIMARY KEY DEFAULT true CHECK (only_row),
    mode       installation_mode NOT NULL,
    created_at timestamptz       NOT NULL DEFAULT now()
);
COMMENT ON TABLE installation IS 'One row: whether this database is a demo or real. A demo never talks to Meta.';

-- Coaches and admins: everyone who can log in or arrives with a trusted token.
CREATE TYPE account_role AS ENUM ('COACH', 'ADMIN');
CREATE TYPE account_status AS ENUM ('ACTIVE', 'SUSPENDED');

CREATE TABLE account (
    id            uuid           PRIMARY KEY,
    role          account_role   NOT NULL,
    permissions   text[]         NOT NULL DEFAULT '{}',
    status        account_status NOT NULL DEFAULT 'ACTIVE',
    name          text           NOT NULL,
    email         text           NOT NULL CHECK (email = lower(email)),
    password_hash text,
    time_zone     text           NOT NULL DEFAULT 'UTC',
    whatsapp      text,
    instagram     text,
    profession    text,
    created_at    timestamptz    NOT NULL DEFAULT now(),
    CONSTRAINT account_email_is_unique UNIQUE (email)
);
COMMENT ON TABLE account IS 'Coaches and admins. password_hash is null for people who come with the platform''s own tokens.';

-- Prepaid credits. The ledger is the truth; the balance row is its fold, moved by trigger in the same transaction.
CREATE TYPE ledger_kind AS ENUM ('TOPUP', 'CORRECTION', 'RESERVE', 'CAPTURE', 'RELEASE', 'REFUND');
CREATE TYPE credit_status AS ENUM ('ACTIVE', 'SUSPENDED', 'EXPIRED');

CREATE TABLE credit_account (
    coach_id  uuid          PRIMARY KEY REFERENCES account,
    available bigint        NOT NULL DEFAULT 0 CHECK (available >= 0),
    reserved  bigint        NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    spent     bigint        NOT NULL DEFAULT 0 CHECK (spent >= 0),
    status    credit_status NOT NULL DEFAULT 'ACTIVE'
) WITH (fillfactor = 70);
COMMENT ON TABLE credit_account IS 'Balance of a coach, in credits. Written by ledger_apply alone.';

-- amount is positive but for CORRECTION, which may take credits back that are not yet promised to a message.
CREATE TABLE ledger_entry (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    coach_id   uuid        NOT NULL REFERENCES credit_account,
    message_id uuid,
    kind       ledger_kind NOT NULL,
    amount     bigint      NOT NULL CHECK (CASE WHEN kind = 'CORRECTION' THEN amount < 0 ELSE amount > 0 END),
    at         timestamptz NOT NULL DEFAULT now(),
    reason     text,
    actor      uuid,
    needs      ledger_kind GENERATED ALWAYS AS (
        CASE kind WHEN 'CAPTURE' THEN 'RESERVE'::ledger_kind
                  WHEN 'RELEASE' THEN 'RESERVE'::ledger_kind
                  WHEN 'REFUND' THEN 'CAPTURE'::ledger_kind END) STORED,
    CONSTRAINT ledger_entry_names_its_message CHECK ((message_id IS NULL) = (kind IN ('TOPUP', 'CORRECTION'))),
    CONSTRAINT ledger_entry_once UNIQUE (message_id, kind, amount),
    CONSTRAINT ledger_entry_follows_what_it_needs
        FOREIGN KEY (message_id, needs, amount) REFERENCES ledger_entry (message_id, kind, amount)
);
COMMENT ON TABLE ledger_entry IS 'Every movement of credits, append-only. Reserve, then capture or release; refund only after capture.';

CREATE UNIQUE INDEX ledger_entry_each_kind_once ON ledger_entry (message_id, kind) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_entry_capture_xor_release ON ledger_entry (message_id) WHERE kind IN ('CAPTURE', 'RELEASE');
CREATE INDEX ledger_entry_newest ON ledger_entry (coach_id, id DESC);

CREATE FUNCTION ledger_apply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Accounts are locked in one order, so that two batches cannot wait for each other; and without their key, which
    -- every other movement of the same coach that is under way holds by its foreign key.
    PERFORM 1 FROM credit_account WHERE coach_id IN (SELECT coach_id FROM added) ORDER BY coach_id FOR NO KEY UPDATE;
    UPDATE credit_account
       SET available = credit_account.available + moved.available,
           reserved = credit_account.reserved + moved.reserved,
           spent = credit_account.spent + moved.spent
      FROM (SELECT coach_id,
                   sum(CASE kind WHEN 'RESERVE' THEN -amount WHEN 'CAPTURE' THEN 0 ELSE amount END) AS available,
                   sum(CASE kind WHEN 'RESERVE' THEN amount WHEN 'CAPTURE' THEN -amount
                                 WHEN 'RELEASE' THEN -amount ELSE 0 END) AS reserved,
                   sum(CASE kind WHEN 'CAPTURE' THEN amount WHEN 'REFUND' THEN -amount ELSE 0 END) AS spent
              FROM added
             GROUP BY coach_id) AS moved
     WHERE credit_account.coach_id = moved.coach_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_entry_moves_the_balance AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_apply();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER ledger_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What an entry did to the balance that can be spent.
CREATE FUNCTION ledger_moves_available(kind ledger_kind, amount bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN CASE kind WHEN 'RESERVE' THEN -amount WHEN 'CAPTURE' THEN 0 ELSE amount END;

CREATE INDEX ledger_entry_when ON ledger_entry (coach_id, at);

-- How many entries a ledger has is kept with its balance.
ALTER TABLE credit_account ADD COLUMN entries bigint NOT NULL DEFAULT 0 CHECK (entries >= 0);
UPDATE credit_account
   SET entries = (SELECT count(*) FROM ledger_entry WHERE ledger_entry.coach_id = credit_account.coach_id);

CREATE OR REPLACE FUNCTION ledger_apply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Accounts are locked in one order, so that two batches cannot wait for each other; and without their key, which
    -- every other movement of the same coach that is under way holds by its foreign key.
    PERFORM 1 FROM credit_account WHERE coach_id IN (SELECT coach_id FROM added) ORDER BY coach_id FOR NO KEY UPDATE;
    UPDATE credit_account
       SET available = credit_account.available + moved.available,
           reserved = credit_account.reserved + moved.reserved,
           spent = credit_account.spent + moved.spent,
           entries = credit_account.entries + moved.entries
      FROM (SELECT coach_id, count(*) AS entries,
                   sum(ledger_moves_available(kind, amount)) AS available,
                   sum(CASE kind WHEN 'RESERVE' THEN amount WHEN 'CAPTURE' THEN -amount
                                 WHEN 'RELEASE' THEN -amount ELSE 0 END) AS reserved,
                   sum(CASE kind WHEN 'CAPTURE' THEN amount WHEN 'REFUND' THEN -amount ELSE 0 END) AS spent
              FROM added
             GROUP BY coach_id) AS moved
     WHERE credit_account.coach_id = moved.coach_id;
    RETURN NULL;
END
$$;

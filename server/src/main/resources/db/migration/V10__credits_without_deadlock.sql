-- Inserting a movement share-locks its account's key; FOR UPDATE would then wait for every other movement of the same
-- coach that is under way, which waits for this one. FOR NO KEY UPDATE does not meet key locks.
CREATE OR REPLACE FUNCTION ledger_apply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Accounts are locked in one order, so that two batches cannot wait for each other.
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

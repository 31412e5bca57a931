-- An erased contact is an empty row: its id stays for ledger, audit and statistics, the person in it is gone.
ALTER TABLE contact
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT contact_erased_is_empty CHECK (
        erased_at IS NULL
        OR (deleted_at IS NOT NULL AND merged_into IS NULL AND person = 'erased:' || id
            AND num_nonnulls(phone, wa_id, wa_user_id, name, email, temperature, source, country, city, notes,
                             reached_as) = 0
            AND client_questions = '{}' AND coach_questions = '{}' AND tags = '{}'));
COMMENT ON COLUMN contact.erased_at IS 'Set once everything personal is gone. She never comes back: who writes from her number is a new contact.';

-- A wamid contains the phone number. Hashed, it still tells a late report of the message from an unknown one.
CREATE FUNCTION erased_wamid(wamid text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN wamid LIKE 'erased:%' THEN wamid
                ELSE 'erased:' || encode(sha256(convert_to(wamid, 'UTF8')), 'hex') END;

ALTER TABLE attempt ADD COLUMN erased boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN attempt.erased IS 'The message''s contact was erased: wamid is hashed, and so is every one reported from now on.';

-- Raw events are found by their wamid; those that are of no message, by looking at them: they are few.
CREATE INDEX whatsapp_event_applied ON whatsapp_event (wamid) WHERE applied_at IS NOT NULL;
CREATE INDEX whatsapp_event_aside ON whatsapp_event (received_at) WHERE kind = 'OTHER' OR problem IS NOT NULL;

ALTER TABLE installation
    ADD COLUMN erasure_key bytea NOT NULL DEFAULT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
COMMENT ON COLUMN installation.erasure_key IS 'Key of the hashes by which erased people who opted out are known again.';

CREATE FUNCTION person_hash(person text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(erasure_key || convert_to(person, 'UTF8'))
      FROM installation
$$;

CREATE TABLE opt_out_erased (
    phone_number_id  text           NOT NULL,
    person_hash      bytea          NOT NULL,
    since            timestamptz    NOT NULL,
    source           opt_out_source NOT NULL,
    proof_message_id uuid           REFERENCES message,
    PRIMARY KEY (phone_number_id, person_hash)
);
COMMENT ON TABLE opt_out_erased IS 'Opt-outs of people nobody has as a contact any more. Who becomes a contact again is opted out again.';

CREATE FUNCTION opt_out_returns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.erased_at IS NULL AND EXISTS (SELECT FROM opt_out_erased) THEN
        WITH returned AS (
            DELETE FROM opt_out_erased
             WHERE person_hash = person_hash(NEW.person)
            RETURNING phone_number_id, since, source, proof_message_id
        )
        INSERT INTO opt_out (phone_number_id, person, since, source, proof_message_id)
        SELECT phone_number_id, NEW.person, since, source, proof_message_id
          FROM returned
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER contact_added_may_be_opted_out AFTER INSERT ON contact
    FOR EACH ROW EXECUTE FUNCTION opt_out_returns();
CREATE TRIGGER contact_edited_may_be_opted_out AFTER UPDATE OF person ON contact
    FOR EACH ROW WHEN (OLD.person <> NEW.person) EXECUTE FUNCTION opt_out_returns();

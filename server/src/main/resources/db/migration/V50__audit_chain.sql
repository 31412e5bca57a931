-- The server itself acts too: making the first admin, say.
ALTER TABLE audit_entry ALTER COLUMN actor_id DROP NOT NULL;
COMMENT ON COLUMN audit_entry.actor_id IS 'Who did it; null for the server itself.';

CREATE INDEX audit_entry_actor ON audit_entry (actor_id, id DESC);
CREATE INDEX audit_entry_action ON audit_entry (action, id DESC);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- Entries commit out of order, so what is still to be sealed is remembered by row and not by "everything after".
CREATE TABLE audit_pending (
    entry_id bigint PRIMARY KEY REFERENCES audit_entry
);
COMMENT ON TABLE audit_pending IS 'Entries not in the chain yet. The sealer takes them in batches, so that no request waits for the chain.';

CREATE FUNCTION audit_entry_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_pending (entry_id) SELECT id FROM added;
    RETURN NULL;
END
$$;
CREATE TRIGGER audit_entry_awaits_seal AFTER INSERT ON audit_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_await_seal();

CREATE TABLE audit_seal (
    position bigint PRIMARY KEY CHECK (position > 0),
    entry_id bigint NOT NULL REFERENCES audit_entry,
    hash     bytea  NOT NULL CHECK (octet_length(hash) = 32),
    CONSTRAINT audit_seal_once UNIQUE (entry_id)
);
COMMENT ON TABLE audit_seal IS 'The chain: hash = SHA-256(previous hash, content of the entry in UTF-8). The first one follows 32 zero bytes.';

CREATE TABLE audit_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint  NOT NULL CHECK (position >= 0),
    hash     bytea   NOT NULL CHECK (octet_length(hash) = 32)
);
COMMENT ON TABLE audit_head IS 'One row: the end of the chain, so that missing last entries are noticed. Locked by whoever seals.';

CREATE TRIGGER audit_seal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What of an entry is sealed: everything but its number, in a form that no setting of the session changes.
CREATE FUNCTION audit_content(entry audit_entry) RETURNS text LANGUAGE sql STABLE
    RETURN jsonb_build_array(
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.actor_id, entry.action,
        entry.subject_kind, entry.subject_id, entry.before, entry.after, entry.address, entry.request_id)::text;

INSERT INTO audit_pending (entry_id) SELECT id FROM audit_entry;

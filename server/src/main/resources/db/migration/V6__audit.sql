CREATE TABLE audit_entry (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT now(),
    actor_id     uuid        NOT NULL,
    action       text        NOT NULL,
    subject_kind text        NOT NULL,
    subject_id   uuid,
    before       jsonb       NOT NULL DEFAULT '{}',
    after        jsonb       NOT NULL DEFAULT '{}',
    address      text,
    request_id   text
);
COMMENT ON TABLE audit_entry IS 'Who did what and who looked at what. Append-only; names fields, never personal values.';

CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id, id DESC);

CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

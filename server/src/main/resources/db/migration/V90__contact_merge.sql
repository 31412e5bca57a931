-- Two contacts of a coach that turn out to be one person become one. The row that goes stays, hidden, as another known number of hers.
ALTER TABLE contact
    ADD COLUMN merged_into uuid REFERENCES contact,
    ADD COLUMN reached_as  text,
    ADD CONSTRAINT contact_merged_is_hidden CHECK (merged_into IS NULL OR deleted_at IS NOT NULL),
    ADD CONSTRAINT contact_merged_into_another CHECK (merged_into <> id);
COMMENT ON COLUMN contact.merged_into IS 'The contact this one is part of now, never itself a merged one. What is written from this row''s number goes there.';
COMMENT ON COLUMN contact.reached_as IS 'The person whose number is dialled now, when she last wrote from the number of a contact merged into this one; null: her own.';

CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE message ADD COLUMN merged_from uuid;
COMMENT ON COLUMN message.merged_from IS 'The merged contact this message would be in without the merge: it goes back there when the merge is undone.';

CREATE TABLE contact_merge (
    id                uuid        PRIMARY KEY,
    survivor_id       uuid        NOT NULL REFERENCES contact,
    merged_id         uuid        NOT NULL REFERENCES contact,
    actor_id          uuid        NOT NULL,
    merged_at         timestamptz NOT NULL,
    undone_at         timestamptz,
    filled            text[]      NOT NULL,
    client_questions  text[]      NOT NULL,
    coach_questions   text[]      NOT NULL,
    tags              text[]      NOT NULL,
    reached_as        text,
    wa_id             text,
    survivor_archived boolean     NOT NULL,
    merged_archived   boolean     NOT NULL
);
COMMENT ON TABLE contact_merge IS 'Which contact went into which, and what is needed to take it apart again: the columns, answers and tags that were a gap before, and how the survivor was reached.';

CREATE UNIQUE INDEX contact_merge_once ON contact_merge (merged_id) WHERE undone_at IS NULL;
CREATE INDEX contact_merge_of_survivor ON contact_merge (survivor_id, merged_at DESC, id DESC);

-- What is left of a column when a merge that may have filled it is taken back: nothing, unless it was changed since.
CREATE FUNCTION left_of(what text, now_there text, given text, filled text[]) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN what = ANY (filled) AND now_there IS NOT DISTINCT FROM given THEN NULL ELSE now_there END;

-- Whether the person behind a contact opted out under any of her numbers.
CREATE FUNCTION opted_out(number text, contact_id uuid) RETURNS boolean LANGUAGE sql STABLE COST 1000 AS $$
    SELECT EXISTS (
        SELECT
          FROM contact AS known
          JOIN opt_out ON opt_out.phone_number_id = number AND opt_out.person = known.person
         WHERE known.id = opted_out.contact_id OR known.merged_into = opted_out.contact_id)
$$;

CREATE FUNCTION marketing_refused(number text, template_id uuid, contact_id uuid) RETURNS boolean
LANGUAGE sql STABLE COST 1000 AS $$
    SELECT EXISTS (SELECT FROM template WHERE id = template_id AND category = 'MARKETING')
       AND opted_out(number, contact_id)
$$;
COMMENT ON FUNCTION marketing_refused IS 'Whether a message made from this template must not go to this contact.';

-- What contacts that may be one person have in common: the e-mail, the last nine digits of the number (a wrong or missing
-- country prefix, a trunk 0), the full name. Hashed: eight bytes sort faster than a text, and nobody is to be read from an index.
ALTER TABLE contact
    ADD COLUMN email_key bigint GENERATED ALWAYS AS (hashtextextended(lower(email), 0)) STORED,
    ADD COLUMN phone_key bigint GENERATED ALWAYS AS (
        CASE WHEN length(phone) > 9 THEN right(phone, 9)::bigint END) STORED,
    ADD COLUMN name_key  bigint GENERATED ALWAYS AS (
        CASE WHEN btrim(name) LIKE '% %' THEN hashtextextended(searchable(btrim(name)), 0) END) STORED;

CREATE INDEX contact_email_key ON contact (coach_id, email_key, id) WHERE deleted_at IS NULL AND email_key IS NOT NULL;
CREATE INDEX contact_phone_key ON contact (coach_id, phone_key, id) WHERE deleted_at IS NULL AND phone_key IS NOT NULL;
CREATE INDEX contact_name_key ON contact (coach_id, name_key, id) WHERE deleted_at IS NULL AND name_key IS NOT NULL;

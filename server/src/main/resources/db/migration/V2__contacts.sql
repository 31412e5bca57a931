-- Search folds case and accents. unaccent is declared STABLE because its dictionary could be changed; ours never is.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION folded(what text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(unaccent('unaccent', what));

-- A coach's leads. The WhatsApp number is shared by all coaches, so the same person may be a contact of several.
CREATE TABLE contact (
    id               uuid        PRIMARY KEY,
    coach_id         uuid        REFERENCES account,
    person           text        NOT NULL,
    phone            text        CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    wa_id            text,
    wa_user_id       text,
    name             text,
    email            text,
    status           text        NOT NULL DEFAULT 'New',
    temperature      text,
    source           text,
    country          text,
    city             text,
    client_questions jsonb       NOT NULL DEFAULT '{}',
    coach_questions  jsonb       NOT NULL DEFAULT '{}',
    tags             text[]      NOT NULL DEFAULT '{}',
    notes            text,
    search_text      text        GENERATED ALWAYS AS (folded(
        coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(substr(phone, 2), ''))) STORED,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CONSTRAINT contact_is_one_person_per_coach UNIQUE NULLS NOT DISTINCT (coach_id, person)
);
COMMENT ON TABLE contact IS 'Leads, one row per (coach, person). coach_id is null until an admin assigns an unknown sender.';
COMMENT ON COLUMN contact.person IS 'Who it is, whatever the spelling: canonical digits of the phone, or the business-scoped user id.';
COMMENT ON COLUMN contact.wa_id IS 'The digits WhatsApp itself uses for this person; may differ from the dialled phone.';

CREATE INDEX contact_newest ON contact (coach_id, created_at DESC, id DESC);
CREATE INDEX contact_newest_of_all ON contact (created_at DESC, id DESC);
CREATE INDEX contact_person ON contact (person);
CREATE INDEX contact_search ON contact USING gin (search_text gin_trgm_ops);

-- Totals of unfiltered lists, moved in the transaction of the fact, so that no request counts. The nil uuid stands for "no coach yet".
CREATE TABLE coach_total (
    coach_id      uuid   PRIMARY KEY,
    contacts      bigint NOT NULL DEFAULT 0 CHECK (contacts >= 0),
    conversations bigint NOT NULL DEFAULT 0 CHECK (conversations >= 0)
);
COMMENT ON TABLE coach_total IS 'Kept counters per coach: how many contacts and conversations there are.';

CREATE FUNCTION coach_total_move(coach uuid, of_contacts bigint, of_conversations bigint) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO coach_total (coach_id) VALUES (coalesce(coach, '00000000-0000-0000-0000-000000000000'))
        ON CONFLICT DO NOTHING;
    UPDATE coach_total
       SET contacts = contacts + of_contacts,
           conversations = conversations + of_conversations
     WHERE coach_id = coalesce(coach, '00000000-0000-0000-0000-000000000000')
$$;

CREATE FUNCTION contact_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        PERFORM coach_total_move(coach_id, -count(*), 0) FROM gone GROUP BY coach_id ORDER BY coach_id;
    END IF;
    IF TG_OP IN ('UPDATE', 'INSERT') THEN
        PERFORM coach_total_move(coach_id, count(*), 0) FROM added GROUP BY coach_id ORDER BY coach_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER contact_added AFTER INSERT ON contact
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION contact_count();
CREATE TRIGGER contact_removed AFTER DELETE ON contact
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION contact_count();

-- When the person last wrote to a business number: opens the 24-hour window for every coach.
CREATE TABLE last_inbound (
    phone_number_id text        NOT NULL,
    person          text        NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (phone_number_id, person)
) WITH (fillfactor = 80);
COMMENT ON TABLE last_inbound IS 'Newest inbound message per (business number, person), by WhatsApp''s own timestamp.';

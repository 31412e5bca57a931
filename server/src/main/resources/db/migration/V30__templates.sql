-- Words made once and sent often. What a template says is a chain of versions; a row of template names the newest.
CREATE TYPE template_type AS ENUM ('WHATSAPP', 'EMAIL', 'UNIVERSAL');
CREATE TYPE template_category AS ENUM (
    'WELCOME', 'FOLLOW_UP', 'APPOINTMENT', 'REMINDER', 'MARKETING', 'SUPPORT', 'CUSTOM');
CREATE TYPE template_status AS ENUM ('DRAFT', 'PENDING', 'APPROVED', 'REJECTED');

CREATE TABLE template (
    id               uuid              PRIMARY KEY,
    coach_id         uuid              REFERENCES account,
    name             text              NOT NULL,
    description      text,
    type             template_type     NOT NULL,
    category         template_category NOT NULL,
    status           template_status   NOT NULL,
    rejection_reason text,
    is_pre_built     boolean           NOT NULL,
    tags             text[]            NOT NULL DEFAULT '{}',
    version          integer           NOT NULL,
    copied_from      uuid              REFERENCES template,
    search_text      text              GENERATED ALWAYS AS (folded(name || ' ' || coalesce(description, ''))) STORED,
    created_at       timestamptz       NOT NULL,
    updated_at       timestamptz       NOT NULL,
    deleted_at       timestamptz,
    CONSTRAINT template_rejected_says_why CHECK ((status = 'REJECTED') = (rejection_reason IS NOT NULL)),
    CONSTRAINT template_global_is_pre_built CHECK (is_pre_built = (coach_id IS NULL))
);
COMMENT ON TABLE template IS 'Message templates. coach_id is null for global ones, which every coach sees; deleted rows stay, for messages name them.';
COMMENT ON COLUMN template.version IS 'The current version: what is sent from now on.';
COMMENT ON COLUMN template.copied_from IS 'The template this one was made from: a duplicate, or the global copy of an approved one.';

CREATE INDEX template_newest ON template (coach_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX template_pending ON template (created_at DESC, id DESC) WHERE status = 'PENDING' AND deleted_at IS NULL;

CREATE TABLE template_version (
    template_id         uuid        NOT NULL REFERENCES template,
    n                   integer     NOT NULL CHECK (n >= 1),
    content             jsonb       NOT NULL CHECK (jsonb_typeof(content -> 'body') IS NOT DISTINCT FROM 'string'),
    available_variables jsonb       NOT NULL CHECK (jsonb_typeof(available_variables) = 'array'),
    author_id           uuid        NOT NULL,
    at                  timestamptz NOT NULL,
    PRIMARY KEY (template_id, n)
);
COMMENT ON TABLE template_version IS 'What a template said, version by version. Append-only: a sent message names the version it was made from.';

ALTER TABLE template ADD CONSTRAINT template_version_is_there
    FOREIGN KEY (id, version) REFERENCES template_version (template_id, n) DEFERRABLE INITIALLY DEFERRED;

CREATE TRIGGER template_version_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON template_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Kept apart from contact: the first message to ten thousand contacts must not rewrite their search indexes.
CREATE TABLE contact_exchange (
    contact_id uuid    PRIMARY KEY REFERENCES contact,
    written_to boolean NOT NULL,
    heard_from boolean NOT NULL
);
COMMENT ON TABLE contact_exchange IS 'Who was ever written to and who ever wrote: kept with each message, so that the reply rate needs no messages.';

INSERT INTO contact_exchange (contact_id, written_to, heard_from)
SELECT contact_id, bool_or(direction = 'OUTBOUND'), bool_or(direction = 'INBOUND')
  FROM message
 GROUP BY contact_id;

CREATE FUNCTION contact_exchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO contact_exchange AS known (contact_id, written_to, heard_from)
    SELECT contact_id, bool_or(direction = 'OUTBOUND'), bool_or(direction = 'INBOUND')
      FROM added
     GROUP BY contact_id
     ORDER BY contact_id
        ON CONFLICT (contact_id) DO UPDATE
       SET written_to = known.written_to OR excluded.written_to,
           heard_from = known.heard_from OR excluded.heard_from
     WHERE (known.written_to, known.heard_from) IS DISTINCT FROM
           (known.written_to OR excluded.written_to, known.heard_from OR excluded.heard_from);
    RETURN NULL;
END
$$;
CREATE TRIGGER contact_exchanged AFTER INSERT ON message
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION contact_exchanged();

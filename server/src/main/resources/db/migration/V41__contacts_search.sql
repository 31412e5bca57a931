-- What two texts are compared by: composed characters, no accents, lower case, single spaces. Devanagari vowel signs stay.
CREATE FUNCTION searchable(what text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN regexp_replace(folded(normalize(what, NFKC)), '\s+', ' ', 'g');

-- All pairs of neighbouring characters. A text that contains another contains its pairs too. Repetitions stay: the index drops them cheaper.
CREATE FUNCTION letter_pairs(what text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN coalesce(
        (SELECT array_agg(first || second)
           FROM unnest(string_to_array(what, NULL), (string_to_array(what, NULL))[2:]) AS pair (first, second)
          WHERE second IS NOT NULL),
        '{}');

-- The LIKE pattern of a word somebody looks for, wildcards taken literally. One letter must begin a word, more may be anywhere.
CREATE FUNCTION containing(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN '%' || regexp_replace(searchable(word), '([\\%_])', '\\\1', 'g') || '%';

CREATE FUNCTION containing(words text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN ARRAY(SELECT containing(word) FROM unnest(words) AS word);

-- Begins with a space, so that every word in it follows one. WhatsApp's spelling of the number is found too.
ALTER TABLE contact DROP COLUMN search_text;
ALTER TABLE contact ADD COLUMN search_text text GENERATED ALWAYS AS (searchable(
    ' ' || coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(substr(phone, 2), '')
        || CASE WHEN wa_id <> substr(phone, 2) THEN ' ' || wa_id ELSE '' END)) STORED;

CREATE INDEX contact_search ON contact USING gin (search_text gin_trgm_ops) WHERE deleted_at IS NULL;

-- Trigrams cannot find words of one or two letters, nor most words of scripts whose vowels are marks. Not partial: the
-- planner heeds no statistics of a partial index, and must know whether a pair is rare.
CREATE INDEX contact_search_pairs ON contact USING gin (letter_pairs(search_text));
ALTER INDEX contact_search_pairs ALTER COLUMN 1 SET STATISTICS 200;

-- The total of conversations is that of the list as it opens: neither archived nor of a deleted contact.
CREATE OR REPLACE FUNCTION contact_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    threads bigint;
BEGIN
    IF OLD.deleted_at IS NULL AND NEW.deleted_at IS NULL THEN
        PERFORM coach_total_move(moved.coach, moved.contacts, 0)
           FROM (VALUES (OLD.coach_id, -1), (NEW.coach_id, 1)) AS moved (coach, contacts)
          ORDER BY moved.coach;
        RETURN NULL;
    END IF;
    IF (OLD.deleted_at IS NULL) = (NEW.deleted_at IS NULL) THEN
        RETURN NULL;
    END IF;
    SELECT count(*) INTO threads FROM conversation WHERE contact_id = NEW.id AND NOT archived;
    IF NEW.deleted_at IS NULL THEN
        PERFORM coach_total_move(NEW.coach_id, 1, threads);
    ELSE
        PERFORM coach_total_move(OLD.coach_id, -1, -threads);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION conversation_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contact WHERE id = OLD.contact_id AND deleted_at IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    PERFORM coach_total_move(coach_id, 0, sum(change))
       FROM (SELECT OLD.coach_id, -1
              WHERE NOT OLD.archived
              UNION ALL
             SELECT NEW.coach_id, 1
              WHERE TG_OP = 'UPDATE' AND NOT NEW.archived) AS moved (coach_id, change)
      GROUP BY coach_id
      ORDER BY coach_id;
    RETURN NULL;
END
$$;

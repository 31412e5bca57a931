-- A contact that changes her coach changes the totals of both.
CREATE FUNCTION contact_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM coach_total_move(moved.coach, moved.contacts, 0)
       FROM (VALUES (OLD.coach_id, -1), (NEW.coach_id, 1)) AS moved (coach, contacts)
      ORDER BY moved.coach;
    RETURN NULL;
END
$$;
CREATE TRIGGER contact_moved AFTER UPDATE OF coach_id ON contact
    FOR EACH ROW
    WHEN (OLD.coach_id IS DISTINCT FROM NEW.coach_id)
    EXECUTE FUNCTION contact_moved();

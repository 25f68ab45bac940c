-- Deletes notes whose time is over, with everything that belongs to them, and what ended connections left. Messages in
-- chats stay.
-- p_limit: maximum number of each
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: the number of rows that were deleted
-- Locks: the lanes of the notes' owners, as lane_delete; lanes that are locked are skipped
-- Called by: src/features/secretary/store/notes.ts
CREATE OR REPLACE FUNCTION secretary_prune(p_limit int, p_dispatch_ms double precision) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  old record;
  pruned int := 0;
  gone int;
BEGIN
  FOR old IN SELECT n."transcriptionId" AS id, c."userId" FROM secretary_note n
              JOIN secretary_connection c ON c.id = n."connectionId"
              WHERE n."retainedUntil" < now() ORDER BY n."retainedUntil" LIMIT p_limit LOOP
    PERFORM 1 FROM lane WHERE "userId" = old."userId" FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    PERFORM lane_delete(old.id, old."userId", p_dispatch_ms);
    pruned := pruned + 1;
  END LOOP;
  DELETE FROM secretary_peer WHERE id IN (
    SELECT id FROM secretary_peer WHERE "isAllowed" IS NULL AND "askedAt" < now() - interval '1 day' ORDER BY "askedAt" LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT;
  pruned := pruned + gone;
  DELETE FROM secretary_connection WHERE id IN (
    SELECT c.id FROM secretary_connection c WHERE c."endedAt" < now() - interval '1 day'
       AND NOT EXISTS (SELECT FROM secretary_note n WHERE n."connectionId" = c.id) ORDER BY c."endedAt" LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN pruned + gone;
END $$;

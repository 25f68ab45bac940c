-- Deletes transcriptions whose retention is over, with everything that belongs to them. Messages in chats stay.
-- p_limit: maximum number with a chosen retention, and as many without
-- p_default_ms: retention of users who chose none, in ms; null: for ever
-- Returns: the number of transcriptions deleted
-- Locks: the rows it deletes; rows that are locked are skipped
-- Called by: src/features/my-data/store/retention.ts
CREATE OR REPLACE FUNCTION retention_prune(p_limit int, p_default_ms double precision) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  chosen int;
  unchosen int := 0;
BEGIN
  DELETE FROM transcription WHERE id IN (
    SELECT id FROM transcription WHERE "retainedUntil" < now() ORDER BY "retainedUntil" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS chosen = ROW_COUNT;
  IF p_default_ms IS NOT NULL THEN
    DELETE FROM transcription WHERE id IN (
      SELECT id FROM transcription
       WHERE "retainedUntil" IS NULL AND "finishedAt" < now() - milliseconds(p_default_ms) AND NOT is_open(state)
       ORDER BY "finishedAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS unchosen = ROW_COUNT;
  END IF;
  RETURN chosen + unchosen;
END $$;

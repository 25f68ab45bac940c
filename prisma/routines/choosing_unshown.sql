-- Leases CHOOSING transcriptions without a status message: the process died before it sent the picker, or Telegram was
-- slow. Each is due again after 60 seconds.
-- now() and not clock_timestamp() selects the rows: PostgreSQL looks up only the former in an index.
-- p_limit: maximum number
-- Returns: [{…transcription, languageCode}, …]
-- Locks: the rows it leases; rows that are locked are skipped
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION choosing_unshown(p_limit int) RETURNS jsonb LANGUAGE sql AS $$
  WITH due AS (
    SELECT id FROM transcription
     WHERE state = 'CHOOSING' AND "statusMessageId" IS NULL AND "runAfter" <= now()
     ORDER BY "runAfter" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE transcription t SET "runAfter" = clock_timestamp() + interval '60 seconds' FROM due WHERE t.id = due.id
    RETURNING t.*
  )
  SELECT COALESCE(jsonb_agg(to_jsonb(taken) || jsonb_build_object(
    'languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = taken."userId"))), '[]') FROM taken $$;

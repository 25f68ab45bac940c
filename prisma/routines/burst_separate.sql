-- Ends the message of a burst, because the user wants to choose for each of its transcriptions by itself. The message
-- becomes the status message of the first one, if that has no engine yet. choosing_unshown takes the others when their
-- caller dies before it has sent their pickers.
-- p_overdue_ms: time after which choosing_unshown takes them, in ms
-- Returns: {messageId: the burst's message, or null, files: [{…transcription, languageCode}, …] without an engine}, or null
--   when the decision was made before or the burst is not this user's
-- Locks: the user's lane, then the burst and the transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_separate(p_burst bigint, p_user bigint, p_overdue_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  message int;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT "messageId" INTO message FROM burst WHERE id = p_burst AND "userId" = p_user AND state = 'TOGETHER' FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE burst SET state = 'SEPARATE', "messageId" = NULL, "updateAfter" = NULL WHERE id = p_burst;
  UPDATE transcription SET "runAfter" = clock_timestamp() + milliseconds(p_overdue_ms), "statusMessageId" = CASE
           WHEN id = (SELECT min(id) FROM transcription WHERE "burstId" = p_burst) THEN message END
   WHERE "burstId" = p_burst AND state::text = 'CHOOSING';
  RETURN jsonb_build_object('messageId', message, 'files', (
    SELECT COALESCE(jsonb_agg(to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") ORDER BY t.seq), '[]')
      FROM transcription t JOIN "user" u ON u.id = t."userId"
     WHERE t."burstId" = p_burst AND t.state::text = 'CHOOSING'));
END $$;

-- Gives all CHOOSING transcriptions of a burst their engine. They enter the lane in the order in which they arrived. One of
-- which the user has an earlier transcript (lane_earlier) stays CHOOSING, and its caller reuses that.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_max_reused_seconds: maximum length of the audio of an earlier transcript
-- Returns: {outcome: chosen, next: the token to send, or null, reusable: [{…transcription, languageCode}, …]}
--   | {outcome: already} when each has an engine | {outcome: unknown}
-- Locks: the user's lane, then the transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_choose(p_burst bigint, p_user bigint, p_engine text, p_dispatch_ms double precision,
  p_max_reused_seconds double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  reusable bigint[];
  chosen int;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM burst WHERE id = p_burst AND "userId" = p_user AND state <> 'SEPARATE';
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  SELECT COALESCE(array_agg(id), '{}') INTO reusable FROM transcription
   WHERE "burstId" = p_burst AND state::text = 'CHOOSING'
     AND "copyOf" IS NULL
     AND lane_earlier(p_user, "fileUniqueId", p_engine, language, speakers, formats, p_max_reused_seconds) IS NOT NULL;
  UPDATE transcription SET state = 'PENDING', engine = p_engine, "runAfter" = clock_timestamp()
   WHERE "burstId" = p_burst AND state::text = 'CHOOSING' AND id <> ALL (reusable);
  GET DIAGNOSTICS chosen = ROW_COUNT;
  IF chosen = 0 AND cardinality(reusable) = 0 THEN RETURN jsonb_build_object('outcome', 'already'); END IF;
  IF chosen > 0 THEN PERFORM engine_chosen(p_user, p_engine); END IF;
  RETURN jsonb_build_object('outcome', 'chosen', 'next', lane_promote(p_user, p_dispatch_ms), 'reusable', (
    SELECT COALESCE(jsonb_agg(to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") ORDER BY t.seq), '[]')
      FROM transcription t JOIN "user" u ON u.id = t."userId" WHERE t.id = ANY (reusable)));
END $$;

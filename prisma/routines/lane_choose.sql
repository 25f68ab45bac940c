-- Gives a CHOOSING transcription its engine and makes it QUEUED when the lane is free, else PENDING. When the user has an
-- earlier transcript of the same file (lane_earlier), it changes nothing and returns that.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_max_reused_seconds: maximum length of the audio of an earlier transcript; null: none is looked for
-- Returns: {outcome: chosen, state, before: how many come first, next: the token to send, or null}
--   | {outcome: earlier, earlier: as lane_earlier} | {outcome: already, state, before: 0, next: null}
--   | {outcome: unknown}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts, src/store/earlier-transcripts.ts
CREATE OR REPLACE FUNCTION lane_choose(p_id bigint, p_user bigint, p_engine text, p_dispatch_ms double precision,
  p_max_reused_seconds double precision DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  is_free boolean;
  row_state transcription_state;
  row_seq int;
  earlier jsonb;
  new_fence int;
  next jsonb;
BEGIN
  IF p_max_reused_seconds IS NOT NULL THEN
    earlier := lane_earlier(p_id, p_user, p_engine, p_max_reused_seconds);
    IF earlier IS NOT NULL THEN RETURN jsonb_build_object('outcome', 'earlier', 'earlier', earlier); END IF;
  END IF;
  -- `state::text`: with old statistics a partial index of open files looks empty, and would be read in place of the key.
  SELECT "activeId" IS NULL AND waiting = 0 INTO is_free FROM lane WHERE "userId" = p_user FOR UPDATE;
  UPDATE transcription SET state = CASE WHEN is_free THEN 'QUEUED' ELSE 'PENDING' END::transcription_state,
         engine = p_engine, "runAfter" = clock_timestamp()
   WHERE id = p_id AND "userId" = p_user AND state::text = 'CHOOSING' RETURNING state, seq INTO row_state, row_seq;
  IF NOT FOUND THEN
    SELECT state INTO row_state FROM transcription WHERE id = p_id AND "userId" = p_user;
    IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
    RETURN jsonb_build_object('outcome', 'already', 'state', row_state, 'before', 0, 'next', NULL);
  END IF;
  PERFORM engine_chosen(p_user, p_engine);
  IF is_free THEN
    UPDATE lane SET "activeId" = p_id, fence = fence + 1, holder = NULL,
           "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
     WHERE "userId" = p_user RETURNING fence INTO new_fence;
    RETURN jsonb_build_object('outcome', 'chosen', 'state', row_state, 'before', 0,
                              'next', lane_token(p_id, new_fence, p_engine));
  END IF;
  next := lane_promote(p_user, p_dispatch_ms);
  IF (next->>'id')::bigint = p_id THEN row_state := 'QUEUED'; END IF;
  RETURN jsonb_build_object('outcome', 'chosen', 'state', row_state, 'before', lane_before(p_user, row_seq), 'next', next);
END $$;

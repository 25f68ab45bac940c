-- Gives a CHOOSING transcription its engine and makes it QUEUED when the lane is free, else PENDING. When the user has an
-- earlier transcript of the same file (lane_earlier), it changes nothing and returns that. A copy gets a new transcript: its
-- user asked for one.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_max_reused_seconds: maximum length of the audio of an earlier transcript; null: none is looked for
-- Returns: as lane_enter | {outcome: earlier, earlier: as lane_earlier}
--   | {outcome: already, state, before: 0, next: null} | {outcome: unknown}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts, src/store/earlier-transcripts.ts
CREATE OR REPLACE FUNCTION lane_choose(p_id bigint, p_user bigint, p_engine text, p_dispatch_ms double precision,
  p_max_reused_seconds double precision DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  is_free boolean;
  row transcription;
  earlier jsonb;
BEGIN
  IF p_max_reused_seconds IS NOT NULL THEN
    SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user AND state::text = 'CHOOSING' AND "copyOf" IS NULL;
    IF FOUND THEN
      earlier := lane_earlier(p_user, row."fileUniqueId", p_engine, row.language, row.speakers, row.formats, p_max_reused_seconds);
    END IF;
    IF earlier IS NOT NULL THEN RETURN jsonb_build_object('outcome', 'earlier', 'earlier', earlier); END IF;
  END IF;
  SELECT "activeId" IS NULL AND pending = 0 INTO is_free FROM lane WHERE "userId" = p_user FOR UPDATE;
  -- `state::text`: with old statistics a partial index of open files looks empty, and would be read in place of the key.
  UPDATE transcription SET state = CASE WHEN is_free THEN 'QUEUED' ELSE 'PENDING' END::transcription_state,
         engine = p_engine, "runAfter" = clock_timestamp()
   WHERE id = p_id AND "userId" = p_user AND state::text = 'CHOOSING' RETURNING * INTO row;
  IF FOUND THEN RETURN lane_enter(p_id, p_user, row.seq, row.state, p_engine, p_dispatch_ms, true); END IF;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  RETURN jsonb_build_object('outcome', 'already', 'state', row.state, 'before', 0, 'next', NULL);
END $$;

-- Gives a CHOOSING transcription its engine and makes it PENDING, or QUEUED when the lane is free.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {outcome: chosen | already | unknown, state, before: how many come first, next: the token to send, or null}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_choose(p_id bigint, p_user bigint, p_engine text, p_dispatch_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  UPDATE transcription SET state = 'PENDING', engine = p_engine, "runAfter" = clock_timestamp()
   WHERE id = p_id AND "userId" = p_user AND state = 'CHOOSING' RETURNING * INTO row;
  IF NOT FOUND THEN
    SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
    IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
    RETURN jsonb_build_object('outcome', 'already', 'state', row.state, 'before', 0, 'next', NULL);
  END IF;
  PERFORM engine_chosen(p_user, p_engine);
  next := lane_promote(p_user, p_dispatch_ms);
  SELECT * INTO row FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'chosen', 'state', row.state, 'before', lane_before(p_user, row.seq), 'next', next);
END $$;

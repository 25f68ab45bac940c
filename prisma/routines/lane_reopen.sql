-- Reopens a FAILED transcription, at the end of its user's lane: it becomes PENDING, or with p_choose CHOOSING. With
-- p_choose a PENDING one may be reopened too. A note of a connected account has no choice: only the engine of its
-- connection may transcribe it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {outcome: chosen | already, state, before: how many come first, next: the token to send, or null}
--   | {outcome: unknown}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_reopen(p_id bigint, p_user bigint, p_choose boolean, p_dispatch_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  new_seq int;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND OR (p_choose AND row.purpose = 'note') THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  IF row.state <> 'FAILED' AND NOT (p_choose AND row.state = 'PENDING') THEN
    RETURN jsonb_build_object('outcome', 'already', 'state', row.state, 'before', 0, 'next', NULL);
  END IF;
  DELETE FROM delivery WHERE "transcriptionId" = p_id;
  UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user RETURNING "nextSeq" - 1 INTO new_seq;
  UPDATE transcription SET state = CASE WHEN p_choose THEN 'CHOOSING' ELSE 'PENDING' END::transcription_state,
         seq = new_seq, attempts = 0, "errorCode" = NULL, "errorDetails" = NULL, "startedAt" = NULL, "finishedAt" = NULL,
         "cancelRequestedAt" = NULL, "deliverAfter" = NULL, "deliverAttempts" = 0, "runAfter" = clock_timestamp()
   WHERE id = p_id;
  IF NOT p_choose THEN next := lane_promote(p_user, p_dispatch_ms); END IF;
  SELECT * INTO row FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'chosen', 'state', row.state, 'before', lane_before(p_user, new_seq), 'next', next);
END $$;

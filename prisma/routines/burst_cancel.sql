-- Cancels all open transcriptions of a burst. A PROCESSING one gets cancelRequestedAt, and its worker ends it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {ended: how many were cancelled at once, requested: 1 when a worker has to end one, else 0, next: the token to
--   send, or null}, or null when the burst is not this user's
-- Locks: the user's lane, then the transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_cancel(p_burst bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  ended int;
  requested int;
  queued bigint;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM burst WHERE id = p_burst AND "userId" = p_user;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE transcription SET "cancelRequestedAt" = COALESCE("cancelRequestedAt", clock_timestamp())
   WHERE "burstId" = p_burst AND state::text = 'PROCESSING';
  GET DIAGNOSTICS requested = ROW_COUNT;
  -- First those that wait, so that lane_end promotes none of them.
  UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp()
   WHERE "burstId" = p_burst AND state::text IN ('CHOOSING', 'PENDING');
  GET DIAGNOSTICS ended = ROW_COUNT;
  SELECT id INTO queued FROM transcription WHERE "burstId" = p_burst AND state::text = 'QUEUED';
  IF FOUND THEN
    next := lane_end(queued, p_user, 'CANCELLED', NULL, NULL, '[]', p_dispatch_ms, NULL);
    ended := ended + 1;
  END IF;
  RETURN jsonb_build_object('ended', ended, 'requested', requested, 'next', next);
END $$;

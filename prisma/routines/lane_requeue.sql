-- Requeues a claimed transcription for another attempt after p_backoff_ms. It keeps the slot. When its user asked to
-- cancel it, it is CANCELLED, and the usage of its job is recorded.
-- p_fence: the fence of the claim
-- p_error, p_details: why the attempt failed, else null
-- p_backoff_ms: time until the next attempt, in ms
-- p_counts: false when it does not count as an attempt, as in a deploy
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_usage: usage of the job, as usage_record takes it
-- Returns: {result: requeued | cancelled | lost, token, next: the token of the next transcription, or null}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts, lane_unclaim
CREATE OR REPLACE FUNCTION lane_requeue(p_id bigint, p_fence int, p_error text, p_details jsonb, p_backoff_ms double precision,
  p_counts boolean, p_dispatch_ms double precision, p_usage jsonb DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  p_user bigint;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'token', NULL, 'next', NULL); END IF;
  SELECT * INTO row FROM transcription WHERE id = p_id;
  IF row."cancelRequestedAt" IS NOT NULL THEN
    PERFORM usage_record(p_id, p_user, row."payerId", p_usage);
    RETURN jsonb_build_object('result', 'cancelled', 'token', NULL, 'next',
      lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0));
  END IF;
  UPDATE lane SET fence = fence + 1, holder = NULL,
         "leaseUntil" = clock_timestamp() + milliseconds(p_backoff_ms + p_dispatch_ms) WHERE "userId" = p_user;
  UPDATE transcription SET state = 'QUEUED', "errorCode" = p_error, "errorDetails" = p_details,
         attempts = attempts - CASE WHEN p_counts THEN 0 ELSE 1 END,
         "runAfter" = clock_timestamp() + milliseconds(p_backoff_ms) WHERE id = p_id;
  RETURN jsonb_build_object('result', 'requeued', 'token', lane_token(p_id, p_fence + 1, row.engine), 'next', NULL);
END $$;

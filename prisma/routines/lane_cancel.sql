-- Cancels a transcription of this user. One that is not PROCESSING ends at once. A PROCESSING one gets cancelRequestedAt,
-- and its worker ends it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {outcome: cancelled | requested | ended | unknown, state, next: the token to send, or null}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_cancel(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  CASE row.state
    WHEN 'CHOOSING', 'PENDING' THEN
      UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp() WHERE id = p_id;
    WHEN 'QUEUED' THEN
      next := lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, '[]', p_dispatch_ms, NULL);
    WHEN 'PROCESSING' THEN
      UPDATE transcription SET "cancelRequestedAt" = COALESCE("cancelRequestedAt", clock_timestamp()) WHERE id = p_id;
      RETURN jsonb_build_object('outcome', 'requested', 'state', row.state, 'next', NULL);
    ELSE
      RETURN jsonb_build_object('outcome', 'ended', 'state', row.state, 'next', NULL);
  END CASE;
  RETURN jsonb_build_object('outcome', 'cancelled', 'state', 'CANCELLED', 'next', next);
END $$;

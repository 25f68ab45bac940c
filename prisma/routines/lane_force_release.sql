-- Takes a transcription from its holder, for an admin: it is QUEUED again at once, or CANCELLED when its user asked for
-- that. It does not count as an attempt.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {state: of the transcription that was active, token: to send}; null where there is nothing
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_force_release(p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
BEGIN
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  IF l."activeId" IS NULL THEN
    RETURN jsonb_build_object('state', NULL, 'token', lane_promote(p_user, p_dispatch_ms));
  END IF;
  SELECT * INTO row FROM transcription WHERE id = l."activeId";
  IF row."cancelRequestedAt" IS NOT NULL THEN
    token := lane_end(row.id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0);
  ELSE
    UPDATE lane SET fence = fence + 1, holder = NULL, "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
     WHERE "userId" = p_user;
    -- A running attempt is forgotten, with the error of the one before it. A file that waits for its next attempt keeps
    -- its error, which is the reason of the wait.
    UPDATE transcription SET state = 'QUEUED', "runAfter" = clock_timestamp(),
           attempts = attempts - CASE WHEN state = 'PROCESSING' THEN 1 ELSE 0 END,
           "errorCode" = CASE WHEN state = 'PROCESSING' THEN NULL ELSE "errorCode" END,
           "errorDetails" = CASE WHEN state = 'PROCESSING' THEN NULL ELSE "errorDetails" END WHERE id = row.id;
    token := lane_token(row.id, l.fence + 1, row.engine);
  END IF;
  RETURN jsonb_build_object('state', row.state, 'token', token);
END $$;

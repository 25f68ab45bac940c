-- Commits the end of a job: usage, transcript, state and deliveries, and promotes the next transcription. When its user
-- asked to cancel it, it is CANCELLED. A transcription that goes into one document sends only its status. The end of one of a
-- burst is not announced while others of it are open, or one document follows.
-- p_fence: the fence of the claim
-- p: {state, errorCode, errorDetails, transcript, deliveries, usage}
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_deliver_ms: time for which only the worker sends the answer, in ms
-- Returns: {result: committed | cancelled | lost, next: the token to send, or null, isBundled, and for one of a burst
--   burst: {statusMessageId: its own status message, or null, hasMore: whether the end is not announced}}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_finish(p_id bigint, p_fence int, p jsonb, p_dispatch_ms double precision, p_deliver_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint;
  payer bigint;
  burst bigint;
  cancelled boolean;
  is_bundling boolean := false;
  has_more boolean := false;
  in_bundle boolean := false;
  status int;
  deliveries jsonb := p->'deliveries';
  result jsonb := '{}';
  next jsonb;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'next', NULL); END IF;
  SELECT "payerId", "burstId", "cancelRequestedAt" IS NOT NULL, "statusMessageId" INTO payer, burst, cancelled, status
    FROM transcription WHERE id = p_id;
  IF burst IS NOT NULL THEN
    is_bundling := is_bundled(p_id);
    has_more := is_bundling OR EXISTS (SELECT FROM transcription WHERE "burstId" = burst AND id <> p_id AND is_open(state));
    result := jsonb_build_object('burst', jsonb_build_object('statusMessageId', status, 'hasMore', has_more));
    IF has_more THEN
      SELECT jsonb_agg(d #- '{payload,isAnnounced}') INTO deliveries FROM jsonb_array_elements(deliveries) AS d;
    END IF;
  END IF;
  PERFORM usage_record(p_id, p_user, payer, p->'usage');
  IF cancelled THEN
    next := lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, p_deliver_ms);
    RETURN result || jsonb_build_object('result', 'cancelled', 'next', next);
  END IF;
  IF p->'transcript' <> 'null' THEN
    INSERT INTO transcript ("transcriptionId", "userId", engine, language, "languageProbability", "durationSeconds", text, segments)
    SELECT p_id, p_user, t.engine, t.language, t."languageProbability", t."durationSeconds", t.text, t.segments
      FROM jsonb_to_record(p->'transcript') AS t(engine text, language text, "languageProbability" float8,
           "durationSeconds" float8, text text, segments jsonb);
    in_bundle := is_bundling;
    DELETE FROM chunk WHERE "transcriptionId" = p_id;
  END IF;
  next := lane_end(p_id, p_user, (p->>'state')::transcription_state, p->>'errorCode', p->'errorDetails',
                   CASE WHEN in_bundle THEN bundled_deliveries(deliveries) ELSE deliveries END,
                   p_dispatch_ms, CASE WHEN in_bundle THEN 0 ELSE p_deliver_ms END);
  RETURN result || jsonb_build_object('result', 'committed', 'next', next, 'isBundled', in_bundle);
END $$;

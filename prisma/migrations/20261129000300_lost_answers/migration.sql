-- A database that goes away may carry out a statement and lose its answer. A worker that asks again finds its own
-- success here.

-- What became of a file that this fence has ended. `next` may be a token that was sent already, which does no harm.
-- -> {result: committed | cancelled, next, joined}, or null when it was not this fence
CREATE FUNCTION lane_finished(p_id bigint, p_fence int) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
           'result', CASE t.state WHEN 'CANCELLED' THEN 'cancelled' ELSE 'committed' END,
           'next', (SELECT lane_token(n.id, l.fence, n.engine) FROM lane l JOIN transcription n ON n.id = l."activeId"
                     WHERE l."userId" = t."userId" AND n.state = 'QUEUED'),
           'joined', t.state = 'COMPLETED' AND is_joined(p_id))
    FROM transcription t
   WHERE t.id = p_id AND t."errorCode" IS DISTINCT FROM 'worker_lost'
     AND EXISTS (SELECT FROM state_change c WHERE c."transcriptionId" = p_id AND c.fence = p_fence
                    AND c."fromState" = 'PROCESSING' AND c."toState" = t.state
                    AND c."toState" IN ('COMPLETED', 'FAILED', 'CANCELLED')) $$;

-- A holder's own claim whose answer was lost is given back, and does not count as an attempt. The fence of a claim is
-- one more than its token's, and no two claims have the same one. -> a token for the holder to claim with, or null
CREATE FUNCTION lane_unclaim(p_id bigint, p_fence int, p_holder text, p_dispatch_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "activeId" = p_id AND fence = p_fence + 1 AND holder = p_holder;
  IF NOT FOUND THEN RETURN NULL; END IF;
  RETURN lane_requeue(p_id, p_fence + 1, NULL, NULL, 0, false, p_dispatch_ms)->'token';
END $$;

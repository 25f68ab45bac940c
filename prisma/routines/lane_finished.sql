-- Returns the result of the lane_finish that ended a transcription with this fence. A worker calls it when the response to
-- lane_finish was lost. `next` may be a token that was sent before, which does no harm.
-- Returns: as lane_finish, or null when it was not ended by this fence
-- Locks: none
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_finished(p_id bigint, p_fence int) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
           'result', CASE t.state WHEN 'CANCELLED' THEN 'cancelled' ELSE 'committed' END,
           'next', (SELECT lane_token(n.id, l.fence, n.engine) FROM lane l JOIN transcription n ON n.id = l."activeId"
                     WHERE l."userId" = t."userId" AND n.state = 'QUEUED'),
           -- The burst of its last transcription is BUNDLED by now.
           'isBundled', EXISTS (SELECT FROM delivery d WHERE d."transcriptionId" = p_id AND d.kind = 'status'
                                   AND (d.payload->>'isBundled')::boolean))
         || CASE WHEN t."burstId" IS NULL THEN '{}' ELSE jsonb_build_object('burst', jsonb_build_object(
              'statusMessageId', t."statusMessageId", 'hasMore',
                EXISTS (SELECT FROM burst b WHERE b.id = t."burstId" AND b.state IN ('BUNDLING', 'BUNDLED'))
                OR EXISTS (SELECT FROM transcription o
                            WHERE o."burstId" = t."burstId" AND o.id <> p_id AND is_open(o.state)))) END
    FROM transcription t
   WHERE t.id = p_id AND t."errorCode" IS DISTINCT FROM 'worker_lost'
     AND EXISTS (SELECT FROM state_change c WHERE c."transcriptionId" = p_id AND c.fence = p_fence
                    AND c."fromState" = 'PROCESSING' AND c."toState" = t.state
                    AND c."toState" IN ('COMPLETED', 'FAILED', 'CANCELLED')) $$;

-- Fills an empty slot with the first PENDING transcription, which becomes QUEUED. The caller holds the lane's lock.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: its token, or null when the slot is taken or none waits
-- Locks: the transcription; the lane is locked already
-- Called by: lane_choose, lane_delete, lane_end, lane_force_release, lane_reopen, lane_sweep
CREATE OR REPLACE FUNCTION lane_promote(p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  next transcription;
  new_fence int;
BEGIN
  SELECT t.* INTO next FROM transcription t
   WHERE t."userId" = p_user AND t.state = 'PENDING'
     AND EXISTS (SELECT 1 FROM lane l WHERE l."userId" = p_user AND l."activeId" IS NULL)
   ORDER BY t.seq LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE lane SET "activeId" = next.id, fence = fence + 1, holder = NULL,
         "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
   WHERE "userId" = p_user RETURNING fence INTO new_fence;
  UPDATE transcription SET state = 'QUEUED' WHERE id = next.id;
  RETURN lane_token(next.id, new_fence, next.engine);
END $$;

-- Fills an empty slot with the first PENDING transcription, which becomes QUEUED. The caller holds the lane's lock.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: its token, or null when the slot is taken or none waits
-- Locks: the transcription; the lane is locked already
-- Called by: burst_choose, lane_delete, lane_end, lane_enter, lane_force_release, lane_reopen, lane_sweep
CREATE OR REPLACE FUNCTION lane_promote(p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  next_id bigint;
  next_engine text;
  new_fence int;
BEGIN
  -- Most lanes have nothing that waits; this reads their row alone.
  PERFORM 1 FROM lane WHERE "userId" = p_user AND "activeId" IS NULL AND pending > 0;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT id, engine INTO next_id, next_engine FROM transcription
   WHERE "userId" = p_user AND state = 'PENDING' ORDER BY seq LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE lane SET "activeId" = next_id, fence = fence + 1, holder = NULL, pending = pending - 1,
         "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
   WHERE "userId" = p_user RETURNING fence INTO new_fence;
  UPDATE transcription SET state = 'QUEUED' WHERE id = next_id;
  RETURN lane_token(next_id, new_fence, next_engine);
END $$;

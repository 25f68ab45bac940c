-- Renews the lease of a claim, and stores the progress of the job.
-- p_stage: download, decode, transcribe or speakers
-- p_fraction: how much of the stage is done, 0 to 1
-- Returns: {held: false when the claim is lost, cancel: true when its user asked to cancel it}
-- Locks: the user's lane
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_heartbeat(p_id bigint, p_fence int, p_lease_ms double precision, p_stage text DEFAULT NULL,
  p_fraction real DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lane SET "leaseUntil" = clock_timestamp() + milliseconds(p_lease_ms), stage = p_stage, fraction = p_fraction
   WHERE "activeId" = p_id AND fence = p_fence;
  IF NOT FOUND THEN RETURN jsonb_build_object('held', false, 'cancel', false); END IF;
  RETURN (SELECT jsonb_build_object('held', true, 'cancel', "cancelRequestedAt" IS NOT NULL)
            FROM transcription WHERE id = p_id);
END $$;

-- Ends the active transcription: sets its state, which frees the slot (apply_state_change), writes its deliveries and
-- promotes the next one. The caller holds the lane's lock.
-- p_error, p_details: why it FAILED, else null
-- p_deliveries: [{kind, part, payload}, …]
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_deliver_ms: time for which only the caller sends the answer, in ms; null: nothing is sent
-- Returns: the token of the next transcription, or null
-- Locks: the transcription; the lane is locked already
-- Called by: burst_cancel, lane_cancel, lane_finish, lane_force_release, lane_requeue, lane_sweep
CREATE OR REPLACE FUNCTION lane_end(p_id bigint, p_user bigint, p_state transcription_state, p_error text, p_details jsonb,
  p_deliveries jsonb, p_dispatch_ms double precision, p_deliver_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  UPDATE transcription SET state = p_state, "errorCode" = p_error, "errorDetails" = p_details,
         "finishedAt" = clock_timestamp(),
         "deliverAfter" = CASE WHEN p_deliver_ms IS NOT NULL THEN clock_timestamp() + milliseconds(p_deliver_ms) END
   WHERE id = p_id;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, d->>'kind', (d->>'part')::int, d->'payload' FROM jsonb_array_elements(p_deliveries) AS d;
  RETURN lane_promote(p_user, p_dispatch_ms);
END $$;

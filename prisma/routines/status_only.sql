-- Returns deliveries of an answer that is only a status message.
-- p_view: the payload (domain/delivery.ts)
-- Locks: none
-- Called by: lane_finish, lane_force_release, lane_requeue, lane_sweep
CREATE OR REPLACE FUNCTION status_only(p_view jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN jsonb_build_array(jsonb_build_object('kind', 'status', 'part', 0, 'payload', p_view));

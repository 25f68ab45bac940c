-- Returns the status delivery of an answer alone, marked with isJoined: the rest comes with the one document.
-- p_deliveries: [{kind, part, payload}, …]
-- Locks: none
-- Called by: lane_finish, lane_reuse
CREATE OR REPLACE FUNCTION joined_deliveries(p_deliveries jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_agg(jsonb_set(d, '{payload,isJoined}', 'true')) FROM jsonb_array_elements(p_deliveries) AS d
   WHERE d->>'kind' = 'status' $$;

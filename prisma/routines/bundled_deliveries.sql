-- Returns the status delivery of an answer alone, marked with isBundled: the rest comes with the one document.
-- p_deliveries: [{kind, part, payload}, …]
-- Locks: none
-- Called by: lane_finish, lane_reuse
CREATE OR REPLACE FUNCTION bundled_deliveries(p_deliveries jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_agg(jsonb_set(d, '{payload,isBundled}', 'true')) FROM jsonb_array_elements(p_deliveries) AS d
   WHERE d->>'kind' = 'status' $$;

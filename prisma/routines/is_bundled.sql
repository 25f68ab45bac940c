-- Returns true when a transcription goes into one document with others.
-- Locks: none
-- Called by: lane_finish, lane_finished, lane_reuse
CREATE OR REPLACE FUNCTION is_bundled(p_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM bundle b JOIN transcription t ON t."bundleId" = b.id WHERE t.id = p_id AND b.state = 'ACCEPTED') $$;

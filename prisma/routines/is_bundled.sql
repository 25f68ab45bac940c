-- Returns true when a transcription goes into one document with the others of its burst.
-- Locks: none
-- Called by: lane_finish, lane_reuse
CREATE OR REPLACE FUNCTION is_bundled(p_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM burst b JOIN transcription t ON t."burstId" = b.id WHERE t.id = p_id AND b.state = 'BUNDLING') $$;

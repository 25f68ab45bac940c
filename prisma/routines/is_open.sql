-- Returns true when a transcription in this state has not ended.
-- Locks: none
-- Called by: albums_release, bundle_close, burst_add, burst_update_interval, lane_finish, lane_finished, retention_set, retention_prune, src/store/admin/files.ts
CREATE OR REPLACE FUNCTION is_open(p_state transcription_state) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN p_state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');

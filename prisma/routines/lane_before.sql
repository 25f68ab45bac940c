-- Counts the transcriptions of a user that come before the one with this seq. 100 means "100 or more", so that a full
-- lane costs no more than a short one. ORDER BY makes PostgreSQL read them from the index of the lane.
-- Locks: none
-- Called by: lane_enter, lane_reopen, src/store/admin/file-story.ts
CREATE OR REPLACE FUNCTION lane_before(p_user bigint, p_seq int) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT count(*)::int FROM (
    (SELECT 1 FROM transcription WHERE "userId" = p_user AND state IN ('QUEUED', 'PROCESSING') AND seq <> p_seq)
    UNION ALL
    (SELECT 1 FROM transcription WHERE "userId" = p_user AND state = 'PENDING' AND seq < p_seq ORDER BY seq LIMIT 100)
    LIMIT 100
  ) AS before $$;

-- Returns the end of the retention of a transcription that ended at p_ended. For 0 hours (until the user deletes it) it
-- is the year 9999: not every program can read `infinity`.
-- Locks: none
-- Called by: retention_set, derive_columns
CREATE OR REPLACE FUNCTION retained_until(p_ended timestamptz, p_hours int) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN p_hours = 0 THEN timestamptz '9999-01-01 00:00:00+00' ELSE p_ended + p_hours * interval '1 hour' END;

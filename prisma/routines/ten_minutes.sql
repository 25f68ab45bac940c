-- Returns the beginning of the ten minutes that p_at is in.
-- Locks: none
-- Called by: activity_between, activity_store, activity_written
CREATE OR REPLACE FUNCTION ten_minutes(p_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN date_bin('10 minutes', p_at, '2000-01-01 00:00:00Z');

-- Returns the moment up to which `activity` is written. Nothing that is older than 32 days is added up.
-- Locks: none
-- Called by: activity_store, activity_since
CREATE OR REPLACE FUNCTION activity_written() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT GREATEST(ten_minutes(now() - interval '32 days'), max("from") + interval '10 minutes') FROM activity $$;

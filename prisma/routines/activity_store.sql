-- Writes the finished ten-minute sums into `activity` that are not there yet, and deletes those older than 366 days.
-- p_engines: the engines to count
-- Returns: the number of rows written
-- Locks: none beyond its own inserts; two calls at once write each row once
-- Called by: src/store/admin/charts.ts
CREATE OR REPLACE FUNCTION activity_store(p_engines text[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  since timestamptz := activity_written();
  until timestamptz := ten_minutes(now() - interval '1 minute');
  written int;
BEGIN
  INSERT INTO activity SELECT * FROM activity_between(since, until, p_engines) ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  DELETE FROM activity WHERE "from" < now() - interval '366 days';
  RETURN written;
END $$;

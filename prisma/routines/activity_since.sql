-- Returns the activity since p_since: stored sums, and what happened after the last of them. The query's bounds are
-- variables, so that the planner sees values and looks both up in an index.
-- p_engines: the engines to count
-- Returns: rows in the shape of `activity`
-- Locks: none
-- Called by: src/store/admin/charts.ts
CREATE OR REPLACE FUNCTION activity_since(p_since timestamptz, p_engines text[]) RETURNS SETOF activity LANGUAGE plpgsql STABLE AS $$
DECLARE
  written timestamptz := activity_written();
BEGIN
  RETURN QUERY SELECT * FROM activity WHERE "from" >= p_since AND "from" < written;
  RETURN QUERY SELECT * FROM activity_between(GREATEST(written, p_since), now(), p_engines);
END $$;

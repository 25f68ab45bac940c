-- What was done since then: what is written down, and what has happened after that. Bounds that the planner sees when it
-- plans, so that both are looked up in an index.
CREATE FUNCTION activity_since(p_since timestamptz, p_engines text[]) RETURNS SETOF activity LANGUAGE plpgsql STABLE AS $$
DECLARE
  written timestamptz := activity_written();
BEGIN
  RETURN QUERY SELECT * FROM activity WHERE "from" >= p_since AND "from" < written;
  RETURN QUERY SELECT * FROM activity_between(GREATEST(written, p_since), now(), p_engines);
END $$;

-- As before, by the same rule.
CREATE OR REPLACE FUNCTION activity_close(p_engines text[]) RETURNS int LANGUAGE plpgsql AS $$
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

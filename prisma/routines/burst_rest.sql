-- Returns the minimum time between two updates of a burst's message: 3 s, later a tenth of the time since the burst began,
-- 15 s at most, as for the progress of one file (src/app/run/progress.ts).
-- Locks: none
-- Called by: burst_touch, src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_rest(p_begun timestamptz) RETURNS interval LANGUAGE sql STABLE AS $$
  SELECT GREATEST(interval '3 seconds', LEAST(interval '15 seconds', (now() - p_begun) / 10)) $$;

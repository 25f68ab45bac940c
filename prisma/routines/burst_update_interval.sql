-- Returns the minimum time between two updates of a burst's message: 3 s, later half of the time since the burst began, 30 s
-- at most. Its texts arrive in the meantime, so it need not be as lively as the progress of one file; at the end of the burst
-- it is 3 s again.
-- Locks: none
-- Called by: burst_touch, src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_update_interval(p_burst burst) RETURNS interval LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM transcription WHERE "burstId" = p_burst.id AND is_open(state))
              THEN GREATEST(interval '3 seconds', LEAST(interval '30 seconds', (now() - p_burst."createdAt") / 2))
              ELSE interval '3 seconds' END $$;

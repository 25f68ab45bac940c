-- Notes that the message of a burst is out of date. The first update is due 0.7 s after the burst began, so that it counts the
-- files that arrive at once; a later one burst_update_interval after the one before it.
-- Returns: nothing; changes nothing when an update is due by then anyway
-- Locks: the burst's row
-- Called by: burst_add, burst_moved
CREATE OR REPLACE FUNCTION burst_touch(p_burst bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE burst SET "updateAfter" = due.at
    FROM (SELECT GREATEST(now(), COALESCE("shownAt" + burst_update_interval(burst), "createdAt" + interval '0.7 seconds')) AS at
            FROM burst WHERE id = p_burst) AS due
   WHERE id = p_burst AND state <> 'SEPARATE' AND ("updateAfter" IS NULL OR "updateAfter" > due.at) $$;

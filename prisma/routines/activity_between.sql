-- Sums up what ended and what was used from p_from (inclusive) to p_until (exclusive), by engine and by ten minutes.
-- p_engines: the engines to count, so that each is looked up in an index
-- Returns: rows in the shape of `activity`
-- Locks: none
-- Called by: activity_store, activity_since
CREATE OR REPLACE FUNCTION activity_between(p_from timestamptz, p_until timestamptz, p_engines text[]) RETURNS SETOF activity
LANGUAGE sql STABLE AS $$
  WITH ended AS (
    SELECT t.id, t.engine, t.state, t."finishedAt", t."startedAt", t."createdAt"
      FROM unnest(p_engines) AS name JOIN transcription t
        ON t.engine = name AND t.state = 'COMPLETED' AND t."finishedAt" >= p_from AND t."finishedAt" < p_until
    UNION ALL
    SELECT t.id, t.engine, t.state, t."finishedAt", t."startedAt", t."createdAt"
      FROM unnest(p_engines) AS name JOIN transcription t
        ON t.engine = name AND t.state = 'FAILED' AND t."finishedAt" >= p_from AND t."finishedAt" < p_until
  ), timed AS (
    SELECT ended.*, GREATEST(0, EXTRACT(EPOCH FROM "startedAt" - COALESCE(
             (SELECT min(s.at) FROM state_change s WHERE s."transcriptionId" = ended.id AND s."toState" IN ('PENDING', 'QUEUED')),
             "createdAt"))) AS wait
      FROM ended
  ), files AS (
    SELECT ten_minutes("finishedAt") AS since, engine, count(*) FILTER (WHERE state = 'COMPLETED') AS completed,
           count(*) FILTER (WHERE state = 'FAILED') AS failed, count(wait) AS waited, sum(wait) AS waits, max(wait) AS max_wait
      FROM timed GROUP BY 1, 2
  ), used AS (
    SELECT ten_minutes("endedAt") AS since, engine, sum("audioSeconds") AS seconds,
           sum(cost) FILTER (WHERE currency = 'USD') AS usd, sum(cost) FILTER (WHERE currency = 'IRT') AS irt
      FROM usage WHERE "endedAt" >= p_from AND "endedAt" < p_until AND engine = ANY(p_engines) GROUP BY 1, 2
  )
  SELECT since, engine, COALESCE(completed, 0)::int, COALESCE(failed, 0)::int, COALESCE(seconds, 0),
         COALESCE(waited, 0)::int, COALESCE(waits, 0)::float8, COALESCE(max_wait, 0)::float8, COALESCE(usd, 0), COALESCE(irt, 0)
    FROM files FULL JOIN used USING (since, engine) $$;

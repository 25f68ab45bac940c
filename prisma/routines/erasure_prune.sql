-- Deletes the remaining rows of erased accounts when no quota counts their usage, and erasures that were asked
-- for but not confirmed within a day.
-- p_limit: maximum number of users
-- Returns: the number of users deleted
-- Locks: the rows it deletes; users that are locked are skipped
-- Called by: src/features/my-data/store/erasures.ts
CREATE OR REPLACE FUNCTION erasure_prune(p_limit int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM "user" WHERE id IN (
    SELECT id FROM "user" WHERE "erasedAt" < now() - interval '31 days' AND "blockedAt" IS NULL
       AND "minutesADay" IS NULL AND "minutesAMonth" IS NULL AND "maxOpenFiles" IS NULL
     ORDER BY "erasedAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS gone = ROW_COUNT;
  -- Erasures that were never confirmed.
  DELETE FROM erasure WHERE "begunAt" IS NULL AND "askedAt" < now() - interval '1 day';
  RETURN gone;
END $$;

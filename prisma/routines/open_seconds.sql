-- Sums the announced seconds of transcriptions that have not ended and count towards a user's quota: their own without
-- those that others pay for, and those of others that they pay for.
-- p_user: the user
-- Returns: seconds
-- Locks: none. The states are listed because the partial indexes cover exactly these.
-- Called by: lane_submit, src/features/accounts/store/accounts.ts
CREATE OR REPLACE FUNCTION open_seconds(p_user bigint) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT COALESCE((SELECT "openSeconds" FROM lane WHERE "userId" = p_user), 0)
    - COALESCE((SELECT sum("announcedSeconds") FROM transcription
                 WHERE "userId" = p_user AND "payerId" IS NOT NULL
                   AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')), 0)::int
    + COALESCE((SELECT sum("announcedSeconds") FROM transcription
                 WHERE "payerId" = p_user AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')), 0)::int $$;

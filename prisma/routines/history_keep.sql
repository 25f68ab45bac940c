-- Sets the retention of a user's transcripts, also of those that exist.
-- p_hours: hours from the end of the transcription; 0: until the user deletes them
-- Returns: nothing
-- Locks: the user's row of `setting`, then their ended transcriptions
-- Called by: src/features/my-data/store/retention.ts
CREATE OR REPLACE FUNCTION history_keep(p_user bigint, p_hours int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO setting ("userId", "keepHours") VALUES (p_user, p_hours)
  ON CONFLICT ("userId") DO UPDATE SET "keepHours" = EXCLUDED."keepHours";
  UPDATE transcription SET "keptUntil" = kept_until("finishedAt", p_hours) WHERE "userId" = p_user AND NOT is_open(state);
END $$;

-- Sets the retention of a user's transcripts, also of those that exist.
-- p_hours: hours from the end of the transcription; 0: until the user deletes them
-- Returns: nothing
-- Locks: the user's row of `setting`, then their ended transcriptions
-- Called by: src/features/my-data/store/retention.ts
CREATE OR REPLACE FUNCTION retention_set(p_user bigint, p_hours int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO setting ("userId", "retentionHours") VALUES (p_user, p_hours)
  ON CONFLICT ("userId") DO UPDATE SET "retentionHours" = EXCLUDED."retentionHours";
  UPDATE transcription SET "retainedUntil" = retained_until("finishedAt", p_hours) WHERE "userId" = p_user AND NOT is_open(state);
END $$;

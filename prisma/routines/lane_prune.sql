-- Deletes old rows of state_change, chunk and bulk_change, and cancels transcriptions without a chosen engine.
-- p_limit: maximum number of each
-- p_history_ms: retention of these rows, in ms; a bulk change counts from its end
-- p_choosing_ms: maximum time that a transcription is CHOOSING, in ms
-- Returns: the number of rows that were deleted or changed; 0: nothing is left to do
-- Locks: the rows it deletes, and the lanes of what it cancels; rows that are locked are skipped
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_prune(p_limit int, p_history_ms double precision, p_choosing_ms double precision) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  pruned int;
  chunks int;
  changes int;
  ended int := 0;
  old record;
BEGIN
  DELETE FROM state_change WHERE id IN (
    SELECT id FROM state_change WHERE at < now() - milliseconds(p_history_ms) ORDER BY at LIMIT p_limit
       FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS pruned = ROW_COUNT;
  DELETE FROM chunk WHERE ("transcriptionId", "startMs") IN (
    SELECT "transcriptionId", "startMs" FROM chunk WHERE "createdAt" < now() - milliseconds(p_history_ms)
     ORDER BY "createdAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS chunks = ROW_COUNT;
  DELETE FROM bulk_change WHERE id IN (
    SELECT id FROM bulk_change WHERE "endedAt" < now() - milliseconds(p_history_ms) ORDER BY "endedAt" LIMIT p_limit
       FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS changes = ROW_COUNT;
  FOR old IN SELECT id, "userId" FROM transcription
              WHERE state = 'CHOOSING' AND "runAfter" < now() - milliseconds(p_choosing_ms)
              ORDER BY "runAfter" LIMIT p_limit LOOP
    PERFORM 1 FROM lane WHERE "userId" = old."userId" FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp() WHERE id = old.id AND state::text = 'CHOOSING';
    IF FOUND THEN ended := ended + 1; END IF;
  END LOOP;
  RETURN pruned + chunks + changes + ended;
END $$;

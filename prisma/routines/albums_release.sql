-- Makes the albums of a burst due that deliveries_sent holds back, so that one process takes them together: when none of its
-- transcriptions is open or has a text to send, or when no further file fits into an album of ten.
-- p_burst: the burst
-- Returns: nothing
-- Locks: the burst's row, then the transcriptions with such albums; rows that are locked are skipped, since whoever deletes one
--   or adds a delivery to it needs no release
-- Called by: apply_state_change, deliveries_sent
CREATE OR REPLACE FUNCTION albums_release(p_burst bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  files int;
  max_of_one int;
BEGIN
  PERFORM 1 FROM burst WHERE id = p_burst FOR UPDATE;
  SELECT sum(of_one), max(of_one) INTO files, max_of_one FROM (
    SELECT sum(jsonb_array_length(d.payload->'formats')) AS of_one
      FROM transcription t JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'album' AND d."sentAt" IS NULL
     WHERE t."burstId" = p_burst AND t."deliverAttempts" = -1 GROUP BY t.id) AS held;
  IF files IS NULL THEN RETURN; END IF;
  IF files + max_of_one <= 10 THEN
    -- lane_end writes the deliveries after the state.
    PERFORM 1 FROM transcription t WHERE t."burstId" = p_burst
       AND (is_open(t.state) OR (t."deliverAfter" IS NOT NULL AND t."deliverAttempts" <> -1 AND EXISTS (
              SELECT FROM delivery d WHERE d."transcriptionId" = t.id AND d."sentAt" IS NULL AND d.kind <> 'album'))
            OR (t.state = 'COMPLETED' AND NOT EXISTS (SELECT FROM delivery d WHERE d."transcriptionId" = t.id)));
    IF FOUND THEN RETURN; END IF;
  END IF;
  UPDATE transcription SET "deliverAfter" = now(), "deliverAttempts" = 0 WHERE id IN (
    SELECT id FROM transcription WHERE "burstId" = p_burst AND "deliverAttempts" = -1 FOR UPDATE SKIP LOCKED);
END $$;

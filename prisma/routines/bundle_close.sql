-- Closes a burst whose user has accepted one document, when its last transcription has ended: adds the deliveries of the
-- document to the first COMPLETED transcription. Does nothing while one is open, or when the burst is not BUNDLING.
-- Returns: nothing
-- Locks: the burst's row, then the row of the transcription that carries the document
-- Called by: burst_bundle, apply_state_change
CREATE OR REPLACE FUNCTION bundle_close(p_burst bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  head bigint;
BEGIN
  PERFORM 1 FROM burst WHERE id = p_burst AND state = 'BUNDLING' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM 1 FROM transcription WHERE "burstId" = p_burst AND is_open(state);
  IF FOUND THEN RETURN; END IF;
  UPDATE burst SET state = 'BUNDLED' WHERE id = p_burst;
  SELECT id INTO head FROM transcription WHERE "burstId" = p_burst AND state = 'COMPLETED' ORDER BY "sentAt", id LIMIT 1;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT head, 'bundle', part, jsonb_build_object('bundle', p_burst, 'what', what)
    FROM (VALUES (0, 'text'), (1, 'files')) AS wanted(part, what) WHERE head IS NOT NULL
  ON CONFLICT DO NOTHING;
  UPDATE transcription SET "deliverAfter" = COALESCE("deliverAfter", now()), "deliverAttempts" = 0 WHERE id = head;
END $$;

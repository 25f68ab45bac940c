-- Makes one document of the transcriptions of a burst: each that ends from now on sends no answer of its own, and the document
-- is sent with the last one. A second call changes nothing.
-- Returns: false when the user has declined it, it is done, or the burst is not this user's
-- Locks: the user's lane, then as bundle_close
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_bundle(p_burst bigint, p_user bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  UPDATE burst SET state = 'BUNDLING' WHERE id = p_burst AND "userId" = p_user AND state IN ('TOGETHER', 'BUNDLING');
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM bundle_close(p_burst);
  RETURN true;
END $$;

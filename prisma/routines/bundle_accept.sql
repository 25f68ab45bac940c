-- Accepts the offer of one document for these transcriptions. A second call returns the same.
-- Returns: null when the offer was declined, is over or is not this user's, else {choosing}, as bundle_choosing has it
-- Locks: the user's lane, then the bundle's row, then as bundle_close
-- Called by: src/features/bundles/store.ts
CREATE OR REPLACE FUNCTION bundle_accept(p_bundle bigint, p_user bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  UPDATE bundle SET state = 'ACCEPTED' WHERE id = p_bundle AND "userId" = p_user AND state IN ('OFFERED', 'ACCEPTED');
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM bundle_close(p_bundle);
  RETURN bundle_choosing(p_bundle);
END $$;

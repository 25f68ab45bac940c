-- Finds the bundle for an upload that arrives: that of the transcription before it, when this came to the same chat within
-- p_within_ms. Makes one when that transcription has none. The caller holds the lane's lock.
-- p_seq: the seq that the upload gets
-- p_within_ms: maximum time between the two, in ms
-- p_max: maximum number of transcriptions in a bundle
-- Returns: the bundle's id and whether it was made now; the id is null when there is none. A declined bundle is not offered
--   again, and an accepted one takes no more.
-- Locks: the transcription before it, when it makes a bundle
-- Called by: lane_submit
CREATE OR REPLACE FUNCTION bundle_consider(p_user bigint, p_chat bigint, p_seq int, p_within_ms double precision, p_max int,
  OUT id bigint, OUT is_new boolean) LANGUAGE plpgsql AS $$
DECLARE
  before record;
BEGIN
  is_new := false;
  SELECT t.id, t."chatId", t."createdAt", t."copyOf", t."bundleId" INTO before
    FROM transcription t WHERE t."userId" = p_user AND t.seq < p_seq ORDER BY t.seq DESC LIMIT 1;
  IF NOT FOUND OR before."chatId" <> p_chat OR before."createdAt" < now() - milliseconds(p_within_ms)
    OR before."copyOf" IS NOT NULL THEN RETURN; END IF;
  IF before."bundleId" IS NULL THEN
    INSERT INTO bundle ("userId") VALUES (p_user) RETURNING bundle.id INTO id;
    UPDATE transcription t SET "bundleId" = bundle_consider.id WHERE t.id = before.id;
    is_new := true;
    RETURN;
  END IF;
  SELECT b.id INTO id FROM bundle b WHERE b.id = before."bundleId" AND b.state IN ('OFFERED', 'DECLINED')
     AND (SELECT count(*) FROM transcription t WHERE t."bundleId" = b.id) < p_max;
END $$;

-- Puts a new transcription into a bundle with the one before it, when that came to the same chat within p_within_ms.
-- p_id: the new transcription
-- p_user: its user
-- p_within_ms: maximum time between the two, in ms
-- p_max: maximum number of transcriptions in a bundle
-- Returns: the id of a bundle that was made now and is offered next; null when there is none, or it was offered before
-- Locks: the user's lane, then both transcriptions
-- Called by: src/features/bundles/store.ts
CREATE OR REPLACE FUNCTION bundle_consider(p_id bigint, p_user bigint, p_within_ms double precision, p_max int) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  this transcription;
  before transcription;
  found_id bigint;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO this FROM transcription WHERE id = p_id AND "userId" = p_user AND "bundleId" IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO before FROM transcription WHERE "userId" = p_user AND seq < this.seq ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND OR before."chatId" <> this."chatId" OR before."createdAt" < this."createdAt" - milliseconds(p_within_ms)
    OR before."copyOf" IS NOT NULL OR before.purpose IS NOT NULL OR this.purpose IS NOT NULL THEN RETURN NULL; END IF;
  IF before."bundleId" IS NULL THEN
    INSERT INTO bundle ("userId") VALUES (p_user) RETURNING id INTO found_id;
    UPDATE transcription SET "bundleId" = found_id WHERE id IN (before.id, p_id);
    RETURN found_id;
  END IF;
  -- The bundle exists. A declined one is not offered again, and an accepted one takes no more.
  SELECT b.id INTO found_id FROM bundle b WHERE b.id = before."bundleId" AND b.state IN ('OFFERED', 'DECLINED')
     AND (SELECT count(*) FROM transcription t WHERE t."bundleId" = b.id) < p_max;
  UPDATE transcription SET "bundleId" = found_id WHERE id = p_id AND found_id IS NOT NULL;
  RETURN NULL;
END $$;

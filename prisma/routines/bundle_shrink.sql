-- Makes an offer due at once when fewer than two uploads of its bundle are left.
-- Called by: the trigger bundle_shrink on transcription, after a row was deleted or left its bundle
-- Locks: the row of bundle
CREATE OR REPLACE FUNCTION bundle_shrink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE bundle SET "offerLapsesAt" = now()
   WHERE id = OLD."bundleId" AND state = 'OFFERED' AND "messageId" IS NOT NULL
     AND (SELECT count(*) FROM (SELECT FROM transcription WHERE "bundleId" = OLD."bundleId" LIMIT 2) AS left_over) < 2;
  RETURN NULL;
END $$;

-- An offer to join recordings is taken out of the chat when nobody has answered it for an hour, or when fewer than two of
-- its recordings are left.

ALTER TABLE bundle
  -- The message with the offer while it stands in the person's private chat, and its engine menu after it.
  ADD COLUMN "messageId" int,
  -- When that message is taken away.
  ADD COLUMN "offerLapsesAt" timestamptz(3);
CREATE INDEX bundle_offer_lapses ON bundle ("offerLapsesAt") WHERE "offerLapsesAt" IS NOT NULL;

-- The offers that are due, each for one caller: an offer that its caller does not settle is due again after p_retry_ms.
-- Who has not answered gets each recording by itself. An engine menu stays as long as a recording waits for an engine.
-- -> [{id, userId, messageId}, …]
CREATE FUNCTION bundle_lapsed(p_limit int, p_open_ms double precision, p_retry_ms double precision) RETURNS jsonb
LANGUAGE sql AS $$
  WITH due AS (
    SELECT id, state = 'JOINED' AND EXISTS (
             SELECT FROM transcription t WHERE t."bundleId" = bundle.id AND t.state = 'CHOOSING') AS is_choosing
      FROM bundle WHERE "offerLapsesAt" <= now() ORDER BY "offerLapsesAt" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE bundle b SET state = CASE WHEN b.state = 'OFFERED' THEN 'DECLINED' ELSE b.state END,
           "offerLapsesAt" = now() + milliseconds(CASE WHEN due.is_choosing THEN p_open_ms ELSE p_retry_ms END)
      FROM due WHERE b.id = due.id RETURNING b.id, b."userId", b."messageId", due.is_choosing
  )
  SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'userId', "userId", 'messageId', "messageId")), '[]')
    FROM taken WHERE NOT is_choosing $$;

-- One recording alone is nothing to join: its offer is due at once.
CREATE FUNCTION bundle_shrink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE bundle SET "offerLapsesAt" = now()
   WHERE id = OLD."bundleId" AND state = 'OFFERED' AND "messageId" IS NOT NULL
     AND (SELECT count(*) FROM (SELECT FROM transcription WHERE "bundleId" = OLD."bundleId" LIMIT 2) AS left_over) < 2;
  RETURN NULL;
END $$;
CREATE TRIGGER transcription_bundle_shrinks AFTER DELETE ON transcription FOR EACH ROW
  WHEN (OLD."bundleId" IS NOT NULL) EXECUTE FUNCTION bundle_shrink();

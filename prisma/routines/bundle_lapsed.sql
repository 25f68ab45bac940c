-- Takes offers of bundles that are due, each for one caller, and declines those that were not answered: each upload then
-- gets its own answer. A picker stays as long as an upload of the bundle waits for an engine.
-- p_limit: maximum number of offers
-- p_open_ms: delay before a bundle whose picker is still open is looked at again, in ms
-- p_retry_ms: delay before an offer that its caller does not settle is due again, in ms
-- Returns: [{id, userId, messageId}, …]
-- Locks: the rows of bundle that it takes; skips rows that others have locked
-- Called by: src/features/bundles/store.ts
CREATE OR REPLACE FUNCTION bundle_lapsed(p_limit int, p_open_ms double precision, p_retry_ms double precision) RETURNS jsonb
LANGUAGE sql AS $$
  WITH due AS (
    SELECT id, state = 'ACCEPTED' AND EXISTS (
             SELECT FROM transcription t WHERE t."bundleId" = bundle.id AND t.state = 'CHOOSING') AS is_choosing
      FROM bundle WHERE "offerLapsesAt" <= now() ORDER BY "offerLapsesAt" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE bundle b SET state = CASE WHEN b.state = 'OFFERED' THEN 'DECLINED' ELSE b.state END,
           "offerLapsesAt" = now() + milliseconds(CASE WHEN due.is_choosing THEN p_open_ms ELSE p_retry_ms END)
      FROM due WHERE b.id = due.id RETURNING b.id, b."userId", b."messageId", due.is_choosing
  )
  SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'userId', "userId", 'messageId', "messageId")), '[]')
    FROM taken WHERE NOT is_choosing $$;

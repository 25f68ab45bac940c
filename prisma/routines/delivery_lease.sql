-- Leases transcriptions whose answers are due, for p_lease_ms, and those of the same bursts that are due too, so that their
-- albums are sent as one. An answer that is still unsent after that is due again.
-- now() and not clock_timestamp() selects the rows: PostgreSQL looks up only the former in an index.
-- p_limit: maximum number, apart from those of the same bursts
-- Returns: [{…transcription, languageCode, deliveries: [{kind, part, payload}] that are unsent}, …]
-- Locks: the transcriptions it takes; rows that are locked are skipped
-- Called by: src/store/deliveries.ts
CREATE OR REPLACE FUNCTION delivery_lease(p_limit int, p_lease_ms double precision) RETURNS jsonb LANGUAGE sql AS $$
  WITH first AS MATERIALIZED (
    SELECT id, "burstId" FROM transcription WHERE "deliverAfter" <= now()
     ORDER BY "deliverAfter" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), together AS MATERIALIZED (
    SELECT t.id FROM transcription t
     WHERE t."burstId" IN (SELECT "burstId" FROM first) AND t."deliverAfter" <= now() AND t.id NOT IN (SELECT id FROM first)
     LIMIT 10 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE transcription t SET "deliverAfter" = clock_timestamp() + milliseconds(p_lease_ms),
           "deliverAttempts" = t."deliverAttempts" + 1
      FROM (SELECT id FROM first UNION ALL SELECT id FROM together) AS due WHERE t.id = due.id RETURNING t.*
  )
  SELECT COALESCE(jsonb_agg(to_jsonb(taken) || jsonb_build_object(
    'languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = taken."userId"),
    'deliveries', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', d.kind, 'part', d.part, 'payload', d.payload)), '[]')
                     FROM delivery d WHERE d."transcriptionId" = taken.id AND d."sentAt" IS NULL))), '[]')
    FROM taken $$;

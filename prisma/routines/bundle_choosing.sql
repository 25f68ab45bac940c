-- Lists the transcriptions of a bundle that have no engine yet, in the order in which they were sent.
-- Returns: {choosing: [{…transcription, languageCode}, …]}
-- Locks: none
-- Called by: bundle_accept
CREATE OR REPLACE FUNCTION bundle_choosing(p_bundle bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('choosing', COALESCE(jsonb_agg(to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode")
                                                           ORDER BY t."sentAt", t.id), '[]'))
    FROM transcription t JOIN "user" u ON u.id = t."userId"
   WHERE t."bundleId" = p_bundle AND t.state = 'CHOOSING' $$;

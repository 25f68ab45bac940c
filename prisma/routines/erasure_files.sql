-- Lists the next transcriptions of a user whose account is erased, with the messages about each.
-- p_limit: maximum number
-- Returns: [{id, chatId, messageIds}, …], by arrival
-- Locks: none
-- Called by: src/features/my-data/store/erasures.ts
CREATE OR REPLACE FUNCTION erasure_files(p_user bigint, p_limit int) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object('id', t.id, 'chatId', t."chatId", 'messageIds', (
           SELECT COALESCE(jsonb_agg(DISTINCT message), '[]') FROM (
             SELECT "messageId" AS message FROM answer_message a WHERE a."transcriptionId" = t.id AND a."chatId" = t."chatId"
             UNION ALL SELECT t."statusMessageId" WHERE t."statusMessageId" IS NOT NULL) AS messages))), '[]')
    FROM (SELECT * FROM transcription WHERE "userId" = p_user ORDER BY seq LIMIT p_limit) AS t $$;

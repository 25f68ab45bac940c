-- Reads what the message of a burst shows.
-- Returns: {id, userId, messageId, state, isShown: whether a message was shown, shown: what the last one showed, lastEngine,
--   offersBundles: whether the user wants the offer of one document, choosing, waiting, running, done, failed, cancelled:
--   numbers of transcriptions, seconds: announced length of those without an engine, first: {…transcription, languageCode} or
--   null, active: {engine, state, stage, fraction} of the transcription in the lane's slot, or null when it is another one},
--   or null when there is no such burst
-- Locks: none
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_read(p_burst bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', b.id, 'userId', b."userId", 'messageId', b."messageId", 'state', b.state,
           'isShown', b."shownAt" IS NOT NULL, 'shown', b.shown, 'lastEngine', s."lastEngine",
           'offersBundles', COALESCE(s."offersBundles", true),
           'first', (SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") FROM transcription t
                      WHERE t."burstId" = b.id ORDER BY t.id LIMIT 1),
           'active', (SELECT jsonb_build_object('engine', t.engine, 'state', t.state, 'stage', l.stage, 'fraction', l.fraction)
                        FROM lane l JOIN transcription t ON t.id = l."activeId"
                       WHERE l."userId" = b."userId" AND t."burstId" = b.id))
         || to_jsonb(files)
    FROM burst b JOIN "user" u ON u.id = b."userId" LEFT JOIN setting s ON s."userId" = b."userId",
         LATERAL (SELECT count(*) FILTER (WHERE t.state = 'CHOOSING') AS choosing,
                         count(*) FILTER (WHERE t.state IN ('PENDING', 'QUEUED')) AS waiting,
                         count(*) FILTER (WHERE t.state = 'PROCESSING') AS running,
                         count(*) FILTER (WHERE t.state = 'COMPLETED') AS done,
                         count(*) FILTER (WHERE t.state = 'FAILED') AS failed,
                         count(*) FILTER (WHERE t.state = 'CANCELLED') AS cancelled,
                         sum(t."announcedSeconds") FILTER (WHERE t.state = 'CHOOSING') AS seconds
                    FROM transcription t WHERE t."burstId" = b.id) AS files
   WHERE b.id = p_burst $$;

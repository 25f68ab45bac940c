-- Finds the user's latest transcript of the same audio, from the same engine and in the same language. Its speakers must
-- have been told apart as the new upload asks: by its caption, else by the settings. The album of the earlier answer holds
-- the settings of that time.
-- p_file: fileUniqueId
-- p_speakers, p_formats: as transcription has them
-- p_max_seconds: maximum length of the audio that is reused
-- Returns: {id, durationSeconds, language, languageProbability, segments, documents: the settings of this answer}, or
--   null
-- Locks: none
-- Called by: burst_choose, lane_choose, lane_submit
CREATE OR REPLACE FUNCTION lane_earlier(p_user bigint, p_file text, p_engine text, p_language text, p_speakers int,
  p_formats text[], p_max_seconds float8) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', before.id, 'durationSeconds', tr."durationSeconds", 'language', tr.language,
                            'languageProbability', tr."languageProbability", 'segments', tr.segments,
           'documents', CASE WHEN cardinality(p_formats) = 0 THEN s.documents
             ELSE COALESCE(s.documents, '{}') || jsonb_build_object('formats', p_formats) END)
    FROM transcription before
    JOIN transcript tr ON tr."transcriptionId" = before.id AND tr."durationSeconds" <= p_max_seconds
    LEFT JOIN setting s ON s."userId" = p_user
   WHERE before."userId" = p_user AND before."fileUniqueId" = p_file AND before.engine = p_engine
     AND before.state = 'COMPLETED' AND before.language IS NOT DISTINCT FROM p_language
     AND CASE WHEN p_speakers IS NOT NULL THEN before.speakers = p_speakers
              WHEN s.documents->>'speakers' = 'hidden' THEN true
              ELSE COALESCE(s.documents->>'speakers' = 'found', false) = (before.speakers IS NOT NULL OR EXISTS (
                SELECT FROM delivery d WHERE d."transcriptionId" = before.id AND d.kind = 'album' AND d.part = 0
                   AND d.payload->>'speakers' = 'found')) END
   -- The sum keeps PostgreSQL from reading transcription_ended, all files of the engine, in this order.
   ORDER BY before."finishedAt" + interval '0' DESC LIMIT 1 $$;

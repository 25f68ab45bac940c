-- Finds the latest transcript that the user has of the same file, by the same engine and in the same language, so that it
-- can be reused, and whose speakers were told apart as it wishes, by its caption or by the settings; an earlier answer
-- names its settings. A copy has none: its user asked for a new transcription.
-- p_max_seconds: maximum length of the audio that is reused
-- Returns: {id, durationSeconds, language, languageProbability, segments, documents: the settings of this answer}, or
--   null
-- Locks: none
-- Called by: lane_choose
CREATE OR REPLACE FUNCTION lane_earlier(p_id bigint, p_user bigint, p_engine text, p_max_seconds float8) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', before.id, 'durationSeconds', tr."durationSeconds", 'language', tr.language,
                            'languageProbability', tr."languageProbability", 'segments', tr.segments,
           'documents', CASE WHEN cardinality(this.formats) = 0 THEN s.documents
             ELSE COALESCE(s.documents, '{}') || jsonb_build_object('formats', this.formats) END)
    FROM transcription this
    LEFT JOIN setting s ON s."userId" = p_user
    JOIN transcription before ON before."userId" = p_user AND before."fileUniqueId" = this."fileUniqueId"
     AND before.engine = p_engine AND before.state = 'COMPLETED' AND before.language IS NOT DISTINCT FROM this.language
     AND CASE WHEN this.speakers IS NOT NULL THEN before.speakers = this.speakers
              WHEN s.documents->>'speakers' = 'hidden' THEN true
              ELSE COALESCE(s.documents->>'speakers' = 'found', false) = (before.speakers IS NOT NULL OR EXISTS (
                SELECT FROM delivery d WHERE d."transcriptionId" = before.id AND d.kind = 'album' AND d.part = 0
                   AND d.payload->>'speakers' = 'found')) END
    JOIN transcript tr ON tr."transcriptionId" = before.id AND tr."durationSeconds" <= p_max_seconds
   WHERE this.id = p_id AND this."userId" = p_user AND this.state::text = 'CHOOSING' AND this."copyOf" IS NULL
   ORDER BY before."finishedAt" DESC LIMIT 1 $$;

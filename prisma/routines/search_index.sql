-- Writes the search words of a user's transcripts that have none yet, the newest first: the text, and the names of its file
-- and its sender. A search calls it first, so that a transcript costs nothing before somebody searches.
-- A transcription that is being deleted or corrected is skipped: its lock would be taken in the opposite order.
-- p_limit: maximum number of transcripts; fewer when others hold some of them
-- Returns: the number of transcripts that were indexed, and whether some are left: older ones, or some that others hold
-- Locks: the transcripts, and the key of their transcriptions
-- Called by: src/features/history/store.ts
CREATE OR REPLACE FUNCTION search_index(p_user bigint, p_limit int, OUT indexed int, OUT is_incomplete boolean)
  LANGUAGE plpgsql AS $$
DECLARE
  due record;
BEGIN
  indexed := 0;
  FOR due IN
    SELECT tr."transcriptionId" AS id, concat_ws(' ', t."fileName", t."senderName", tr.text) AS words
      FROM transcript tr JOIN transcription t ON t.id = tr."transcriptionId"
     WHERE tr."userId" = p_user AND NOT tr."isSearchable" ORDER BY tr."transcriptionId" DESC LIMIT p_limit
       FOR KEY SHARE OF t SKIP LOCKED FOR UPDATE OF tr
  LOOP
    INSERT INTO search ("transcriptionId", words) VALUES (due.id, search_vector(p_user, due.words))
    ON CONFLICT ("transcriptionId") DO UPDATE SET words = EXCLUDED.words;
    UPDATE transcript SET "isSearchable" = true WHERE "transcriptionId" = due.id;
    indexed := indexed + 1;
  END LOOP;
  is_incomplete := EXISTS (SELECT FROM transcript WHERE "userId" = p_user AND NOT "isSearchable");
END $$;

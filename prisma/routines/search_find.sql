-- Finds transcripts of a user with all of these words: the p_limit next ones before p_from, the newest first, or
-- (p_newer) after it, the oldest first.
-- p_words: in the form of search_words
-- Returns: ids of transcriptions
-- Locks: none
-- Called by: src/features/history/store.ts
CREATE OR REPLACE FUNCTION search_find(p_user bigint, p_words text[], p_from bigint, p_newer boolean, p_limit int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 10
-- The planner thinks the table is small, because the words are stored out of line (TOAST): it would read all of it.
SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT "transcriptionId" AS id FROM search WHERE words @@ search_query(p_user, p_words, false)
    )
    SELECT id FROM found WHERE CASE WHEN p_newer THEN id > p_from ELSE id < p_from END
     ORDER BY CASE WHEN p_newer THEN id ELSE -id END LIMIT p_limit;
END $$;

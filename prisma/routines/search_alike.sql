-- Returns the word in a user's latest 200 transcripts that looks most like p_word, by the groups of three letters that
-- both have (Jaccard index of at least 0.25); null when there is none. It looks at 50,000 words at most.
-- The extension pg_trgm would need a right that not every operator has, and it sees no Persian letters where the
-- database's locale is C.
-- Locks: none
-- Called by: src/features/history/store.ts
CREATE OR REPLACE FUNCTION search_alike(p_user bigint, p_word text) RETURNS text LANGUAGE sql STABLE AS $$
  WITH latest AS (
    SELECT id FROM transcription WHERE "userId" = p_user AND state = 'COMPLETED' ORDER BY id DESC LIMIT 200
  ), said AS (
    SELECT substr(lexeme, length(p_user::text) + 2) AS word
      FROM latest JOIN search ON "transcriptionId" = latest.id, unnest(words) LIMIT 50000
  ), near AS (
    SELECT DISTINCT word FROM said WHERE length(word) BETWEEN length(p_word) - 2 AND length(p_word) + 2
  ), scored AS (
    SELECT word, (SELECT count(*) FROM (
             SELECT substr('  ' || word || ' ', n, 3) FROM generate_series(1, length(word) + 1) AS n
             INTERSECT SELECT substr('  ' || p_word || ' ', n, 3) FROM generate_series(1, length(p_word) + 1) AS n
           ) AS common)::float8 AS common FROM near
  )
  SELECT word FROM scored WHERE common / (length(word) + length(p_word) + 2 - common) >= 0.25
   ORDER BY common / (length(word) + length(p_word) + 2 - common) DESC, word LIMIT 1 $$;

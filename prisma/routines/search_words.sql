-- Returns the words by which a text is found, 40 letters of each at most: a word with half-spaces counts as one, and its
-- pieces count too.
-- Locks: none
-- Called by: search_vector
CREATE OR REPLACE FUNCTION search_words(p_text text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT COALESCE(array_agg(DISTINCT form), '{}')
    FROM string_to_table(search_form(p_text), ' ') AS word,
         LATERAL (SELECT left(replace(word, U&'\200C', ''), 40) AS form
                  UNION ALL SELECT left(piece, 40) FROM string_to_table(word, U&'\200C') AS piece
                   WHERE word LIKE U&'%\200C%') AS forms
   WHERE form <> '' $$;

-- Returns the search words of a text. Each begins with the user's id, so that the index holds the words of one user
-- together, and a search reads nothing of others. A tsvector holds 1 MB, and sorting a day of speech takes too long: the
-- first 500,000 characters are covered, about ten hours.
-- Locks: none
-- Called by: search_index, search_stretch
CREATE OR REPLACE FUNCTION search_vector(p_user bigint, p_text text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT COALESCE(array_to_tsvector(array_agg(lexeme)), '') FROM (
    SELECT lexeme, sum(octet_length(lexeme)) OVER (ORDER BY lexeme) AS bytes FROM (
      SELECT p_user || ':' || word AS lexeme FROM unnest(search_words(left(p_text, 500000))) AS word) AS words
  ) AS measured WHERE bytes < 1000000 $$;

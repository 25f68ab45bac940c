-- Returns the query for all of these words of one user, or (p_any) for one of them. Each may be the beginning of a longer
-- word.
-- Locks: none
-- Called by: search_find, search_stretch
CREATE OR REPLACE FUNCTION search_query(p_user bigint, p_words text[], p_any boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg('''' || p_user || ':' || word || ''':*', CASE WHEN p_any THEN '|' ELSE '&' END)::tsquery
    FROM unnest(p_words) AS word $$;

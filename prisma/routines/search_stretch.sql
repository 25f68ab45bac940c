-- Returns the first stretch of a text with one of the words in it, about 4,000 characters; null when there is none. It
-- looks at the first 500,000 characters.
-- Locks: none
-- Called by: src/features/history/store.ts
CREATE OR REPLACE FUNCTION search_stretch(p_text text, p_words text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  searched text := left(p_text, 500000);
  wanted tsquery := search_query(0, p_words, true);
  stretch text;
BEGIN
  FOR start IN 1..length(searched) BY 4000 LOOP
    -- Stretches overlap by 300 characters, so that a word on the border is whole in one of them.
    stretch := substr(searched, GREATEST(start - 300, 1), 4300);
    IF search_vector(0, stretch) @@ wanted THEN RETURN stretch; END IF;
  END LOOP;
  RETURN NULL;
END $$;

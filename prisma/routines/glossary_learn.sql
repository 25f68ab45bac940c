-- Adds a spelling to a user's glossary, or a misspelling to it. A misspelling belongs to one spelling, the latest. An
-- entry keeps its last 20 misspellings, the latest first, so that a job compares a limited number.
-- p_misspelling: what an engine wrote in its place, or null
-- p_spelling: the spelling the user wants
-- p_learnt: true when it comes from a correction, false when the user typed it
-- p_max: maximum number of entries
-- Returns: learnt | full
-- Locks: the user's row (NO KEY UPDATE), then the entries
-- Called by: src/features/glossary/store.ts, src/features/corrections/store.ts, correction_apply
CREATE OR REPLACE FUNCTION glossary_learn(p_user bigint, p_misspelling text, p_spelling text, p_learnt boolean, p_max int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  moved text[];
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user FOR NO KEY UPDATE;
  PERFORM 1 FROM glossary_entry WHERE "userId" = p_user AND spelling = p_spelling;
  IF NOT FOUND AND (SELECT count(*) FROM glossary_entry WHERE "userId" = p_user) >= p_max THEN RETURN 'full'; END IF;
  DELETE FROM glossary_entry WHERE "userId" = p_user AND spelling = p_misspelling AND spelling <> p_spelling AND learnt
    RETURNING misspellings INTO moved;
  PERFORM glossary_forget(p_user, p_misspelling, spelling) FROM glossary_entry
    WHERE "userId" = p_user AND p_misspelling = ANY (misspellings) AND spelling <> p_spelling;
  INSERT INTO glossary_entry ("userId", spelling, misspellings, learnt)
  VALUES (p_user, p_spelling,
          array_remove(array_remove(ARRAY[p_misspelling] || COALESCE(moved, '{}'), p_spelling), NULL), p_learnt)
  ON CONFLICT ("userId", spelling) DO UPDATE SET "changedAt" = now(), learnt = glossary_entry.learnt AND EXCLUDED.learnt,
     misspellings = ARRAY(SELECT form FROM unnest(EXCLUDED.misspellings || glossary_entry.misspellings) WITH ORDINALITY AS forms(form, place)
                    GROUP BY form ORDER BY min(place) LIMIT 20);
  RETURN 'learnt';
END $$;

-- Adds a spelling to a user's glossary, or a heard form to it. A heard form belongs to one spelling, the latest. An
-- entry keeps its last 20 heard forms, the latest first, so that a job compares a limited number.
-- p_heard: what an engine wrote in its place, or null
-- p_spelling: the spelling the user wants
-- p_learnt: true when it comes from a correction, false when the user typed it
-- p_most: maximum number of entries
-- Returns: learnt | full
-- Locks: the user's row (NO KEY UPDATE), then the entries
-- Called by: src/features/glossary/store.ts, correction_apply
CREATE OR REPLACE FUNCTION glossary_learn(p_user bigint, p_heard text, p_spelling text, p_learnt boolean, p_most int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  moved text[];
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user FOR NO KEY UPDATE;
  PERFORM 1 FROM glossary_entry WHERE "userId" = p_user AND spelling = p_spelling;
  IF NOT FOUND AND (SELECT count(*) FROM glossary_entry WHERE "userId" = p_user) >= p_most THEN RETURN 'full'; END IF;
  DELETE FROM glossary_entry WHERE "userId" = p_user AND spelling = p_heard AND spelling <> p_spelling AND learnt
    RETURNING heard INTO moved;
  PERFORM glossary_forget(p_user, p_heard, spelling) FROM glossary_entry
    WHERE "userId" = p_user AND p_heard = ANY (heard) AND spelling <> p_spelling;
  INSERT INTO glossary_entry ("userId", spelling, heard, learnt)
  VALUES (p_user, p_spelling,
          array_remove(array_remove(ARRAY[p_heard] || COALESCE(moved, '{}'), p_spelling), NULL), p_learnt)
  ON CONFLICT ("userId", spelling) DO UPDATE SET "changedAt" = now(), learnt = glossary_entry.learnt AND EXCLUDED.learnt,
     heard = ARRAY(SELECT form FROM unnest(EXCLUDED.heard || glossary_entry.heard) WITH ORDINALITY AS forms(form, place)
                    GROUP BY form ORDER BY min(place) LIMIT 20);
  RETURN 'learnt';
END $$;

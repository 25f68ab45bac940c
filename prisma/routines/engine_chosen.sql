-- Remembers the engine that a user chose, and how many times in a row it was the same. Choices are not counted while the
-- user has a default engine.
-- Locks: the user's row of `setting`
-- Called by: burst_choose, lane_enter, lane_reuse
CREATE OR REPLACE FUNCTION engine_chosen(p_user bigint, p_engine text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO setting ("userId", "lastEngine", "sameChoices") VALUES (p_user, p_engine, 1)
  ON CONFLICT ("userId") DO UPDATE SET "lastEngine" = EXCLUDED."lastEngine",
         "sameChoices" = CASE WHEN setting."lastEngine" = EXCLUDED."lastEngine" THEN setting."sameChoices" + 1 ELSE 1 END
   WHERE setting."defaultEngine" IS NULL OR setting."lastEngine" IS DISTINCT FROM EXCLUDED."lastEngine" $$;

-- Remembers the engine that a user chose.
-- Locks: the user's row of `setting`
-- Called by: burst_choose, lane_enter, lane_reuse
CREATE OR REPLACE FUNCTION engine_chosen(p_user bigint, p_engine text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO setting ("userId", "lastEngine") VALUES (p_user, p_engine)
  ON CONFLICT ("userId") DO UPDATE SET "lastEngine" = EXCLUDED."lastEngine"
   WHERE setting."lastEngine" IS DISTINCT FROM EXCLUDED."lastEngine" $$;

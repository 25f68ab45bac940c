-- Switches the remembering of voices on or off for a user. Off deletes the voices that are kept.
-- Returns: number of deleted voices
-- Locks: the user's settings, the voices that it deletes
-- Called by: src/features/speakers/store/voiceprints.ts
CREATE OR REPLACE FUNCTION voiceprint_switch(p_user bigint, p_on boolean) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  gone int := 0;
BEGIN
  INSERT INTO setting ("userId", "remembersVoices") SELECT id, p_on FROM "user" WHERE id = p_user
  ON CONFLICT ("userId") DO UPDATE SET "remembersVoices" = p_on;
  IF NOT p_on THEN
    DELETE FROM voiceprint WHERE "userId" = p_user;
    GET DIAGNOSTICS gone = ROW_COUNT;
  END IF;
  RETURN gone;
END $$;

-- Remembers the voice of a speaker under a name, in place of an older one of that name. Only of users who agreed.
-- p_voice: unit vector
-- p_max: maximum number of voices of a user
-- Returns: remembered | full | refused (the user has not agreed, or no longer)
-- Locks: the user's settings, so that a switch to off deletes this voice too
-- Called by: src/features/speakers/store/voiceprints.ts
CREATE OR REPLACE FUNCTION voiceprint_remember(p_user bigint, p_name text, p_voice real[], p_max int) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM setting WHERE "userId" = p_user AND "remembersVoices" FOR UPDATE;
  IF NOT FOUND THEN RETURN 'refused'; END IF;
  UPDATE voiceprint SET voice = p_voice, "usedAt" = now() WHERE "userId" = p_user AND name = p_name;
  IF FOUND THEN RETURN 'remembered'; END IF;
  PERFORM 1 FROM voiceprint WHERE "userId" = p_user HAVING count(*) >= p_max;
  IF FOUND THEN RETURN 'full'; END IF;
  INSERT INTO voiceprint ("userId", name, voice) VALUES (p_user, p_name, p_voice);
  RETURN 'remembered';
END $$;

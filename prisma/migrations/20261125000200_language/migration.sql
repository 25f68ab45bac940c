-- The language in which Dabir speaks to somebody, where they have chosen it themselves; null: as their Telegram says.
ALTER TABLE "user" ADD COLUMN "chosenLanguage" text;

-- As before, and what Telegram says of the language does not go before what the person has chosen.
CREATE OR REPLACE FUNCTION account_meet(p jsonb) RETURNS "user" LANGUAGE plpgsql AS $$
DECLARE
  person "user";
BEGIN
  SELECT * INTO person FROM "user" WHERE id = (p->>'userId')::bigint;
  IF FOUND AND person."lastSeenAt" > now() - interval '1 hour' AND person."leftAt" IS NULL
     AND (person."firstName", person."lastName", person.username, person."languageCode") IS NOT DISTINCT FROM
         (p->>'firstName', p->>'lastName', p->>'username', COALESCE(person."chosenLanguage", p->>'languageCode')) THEN
    RETURN person;
  END IF;
  INSERT INTO "user" (id, "firstName", "lastName", username, "languageCode", "lastSeenAt")
  VALUES ((p->>'userId')::bigint, p->>'firstName', p->>'lastName', p->>'username', p->>'languageCode', now())
  ON CONFLICT (id) DO UPDATE SET "firstName" = EXCLUDED."firstName", "lastName" = EXCLUDED."lastName",
         username = EXCLUDED.username, "languageCode" = COALESCE("user"."chosenLanguage", EXCLUDED."languageCode"),
         "lastSeenAt" = now(), "leftAt" = NULL
  RETURNING * INTO person;
  RETURN person;
END $$;

-- Creates or updates the user's row as Telegram describes them now, and returns it. A user who is known, was seen within
-- the last hour and has not changed costs one read. A user who left, or whose account was erased, becomes an active user.
-- p: {userId, firstName, lastName, username, languageCode}
-- Returns: the row of `user`
-- Locks: the user's row, only when it is written
-- Called by: src/features/accounts/store/accounts.ts, lane_submit
CREATE OR REPLACE FUNCTION account_upsert(p jsonb) RETURNS "user" LANGUAGE plpgsql AS $$
DECLARE
  account "user";
BEGIN
  SELECT * INTO account FROM "user" WHERE id = (p->>'userId')::bigint;
  IF FOUND AND account."lastSeenAt" > now() - interval '1 hour' AND account."leftAt" IS NULL
     AND (account."firstName", account."lastName", account.username, account."languageCode") IS NOT DISTINCT FROM
         (p->>'firstName', p->>'lastName', p->>'username', COALESCE(account."chosenLanguage", p->>'languageCode')) THEN
    RETURN account;
  END IF;
  INSERT INTO "user" (id, "firstName", "lastName", username, "languageCode", "lastSeenAt")
  VALUES ((p->>'userId')::bigint, p->>'firstName', p->>'lastName', p->>'username', p->>'languageCode', now())
  ON CONFLICT (id) DO UPDATE SET "firstName" = EXCLUDED."firstName", "lastName" = EXCLUDED."lastName",
         username = EXCLUDED.username, "languageCode" = COALESCE("user"."chosenLanguage", EXCLUDED."languageCode"),
         "lastSeenAt" = now(), "leftAt" = NULL, "erasedAt" = NULL
  RETURNING * INTO account;
  RETURN account;
END $$;

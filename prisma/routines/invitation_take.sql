-- Admits a user by an invitation. A user who is admitted already does not use it up.
-- p_hash: SHA-256 of the invitation's code, in hexadecimal digits
-- Returns: taken | already | invalid
-- Locks: the user's row, then the invitation's
-- Called by: src/features/accounts/store/invitations.ts
CREATE OR REPLACE FUNCTION invitation_take(p_user bigint, p_hash text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user AND "admittedAt" IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN 'already'; END IF;
  UPDATE invitation SET "usesLeft" = "usesLeft" - 1
   WHERE "codeHash" = p_hash AND "usesLeft" > 0 AND "expiresAt" > now();
  IF NOT FOUND THEN RETURN 'invalid'; END IF;
  UPDATE "user" SET "admittedAt" = now() WHERE id = p_user;
  RETURN 'taken';
END $$;

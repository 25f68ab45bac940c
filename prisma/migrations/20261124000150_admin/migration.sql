-- The admin page: links to sign in with, sessions, and how far a running file is.

-- Of links and sessions only hashes are kept (SHA-256 in hexadecimal digits): who reads the tables cannot use them.
CREATE TABLE admin_link (
  "linkHash" text PRIMARY KEY,
  "userId" bigint NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "expiresAt" timestamptz(3) NOT NULL
);
CREATE INDEX "admin_link_userId_idx" ON admin_link ("userId");
CREATE INDEX "admin_link_expiresAt_idx" ON admin_link ("expiresAt");

CREATE TABLE admin_session (
  id bigserial PRIMARY KEY,
  "keyHash" text NOT NULL,
  -- The key before the last change still opens for a moment: requests that were on their way.
  "oldKeyHash" text,
  "changedAt" timestamptz(3) NOT NULL DEFAULT now(),
  "userId" bigint NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- Every form carries it.
  "formKey" text NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "seenAt" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX "admin_session_keyHash_key" ON admin_session ("keyHash");
CREATE UNIQUE INDEX "admin_session_oldKeyHash_key" ON admin_session ("oldKeyHash");
CREATE INDEX "admin_session_userId_idx" ON admin_session ("userId");
CREATE INDEX "admin_session_seenAt_idx" ON admin_session ("seenAt");

-- Of the file in the slot: what is done with it (download, decode, listen), and how much of that, 0 to 1. Written with
-- the heartbeat, which writes the row anyway.
ALTER TABLE lane ADD COLUMN stage text, ADD COLUMN fraction real;

-- As before, and how far the work is, where the worker says so (the version before does not).
DROP FUNCTION lane_heartbeat(bigint, int, double precision);
CREATE FUNCTION lane_heartbeat(p_id bigint, p_fence int, p_lease_ms double precision, p_stage text DEFAULT NULL,
  p_fraction real DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lane SET "leaseUntil" = clock_timestamp() + milliseconds(p_lease_ms), stage = p_stage, fraction = p_fraction
   WHERE "activeId" = p_id AND fence = p_fence;
  IF NOT FOUND THEN RETURN jsonb_build_object('held', false, 'cancel', false); END IF;
  RETURN (SELECT jsonb_build_object('held', true, 'cancel', "cancelRequestedAt" IS NOT NULL)
            FROM transcription WHERE id = p_id);
END $$;

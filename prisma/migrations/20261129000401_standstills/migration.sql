-- What stands still, and which admins have been told so: once when it begins, every hour, and when it is over.

CREATE TABLE standstill (
  id bigserial PRIMARY KEY,
  -- As app/operations/standstills.ts names it; of which engine and machine, '' where it is not one's.
  code text NOT NULL,
  engine text NOT NULL,
  machine text NOT NULL,
  "begunAt" timestamptz(3) NOT NULL,
  -- What waits because of it; null where nothing is counted.
  waiting int,
  -- Since when it has not been seen any more; null while it lasts.
  "goneSince" timestamptz(3)
);
CREATE UNIQUE INDEX standstill_what ON standstill (code, engine, machine);

CREATE TABLE standstill_notice (
  "standstillId" bigint NOT NULL REFERENCES standstill (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- The operator's ids (ADMIN_IDS) need no account.
  "userId" bigint NOT NULL,
  "toldAt" timestamptz(3) NOT NULL,
  PRIMARY KEY ("standstillId", "userId")
);

-- Which process watches and tells. It has one row. The fence rises whenever another takes over, and who holds an older
-- one may not write.
CREATE TABLE watch (
  id int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  holder text NOT NULL DEFAULT '',
  fence int NOT NULL DEFAULT 0,
  "leaseUntil" timestamptz(3) NOT NULL DEFAULT now()
);
INSERT INTO watch DEFAULT VALUES;

-- Until when an admin wants to hear nothing of it.
ALTER TABLE "user" ADD COLUMN "alertsMutedUntil" timestamptz(3);

-- What an admin does with all files of a filter at once, and an index that finds files by their state.

-- Files that have not ended, and failed ones, by state, the newest first: neither lists nor changes look through others.
CREATE INDEX transcription_state ON transcription (state, id)
 WHERE state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING', 'FAILED');

CREATE TABLE bulk_change (
  id bigserial PRIMARY KEY,
  action text NOT NULL CHECK (action IN ('cancel', 'retry')),
  filter jsonb NOT NULL,
  "madeById" bigint NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  -- Until then it can be undone without a trace.
  "startsAt" timestamptz(3) NOT NULL,
  "endedAt" timestamptz(3),
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'DONE', 'STOPPED')),
  -- Files that came later are not meant.
  "lastId" bigint NOT NULL,
  -- How many files the admin was shown.
  expected int NOT NULL,
  done int NOT NULL DEFAULT 0,
  skipped int NOT NULL DEFAULT 0,
  -- How far it is: which of the states it goes through, and the last file of it; null before the first.
  step int NOT NULL DEFAULT 0,
  "cursorId" bigint,
  holder text,
  "leaseUntil" timestamptz(3)
);
CREATE INDEX bulk_change_open ON bulk_change (id) WHERE state = 'OPEN';

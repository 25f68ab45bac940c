-- The backups that were made of this database and read back afterwards: the admin page shows the age of the last one.
CREATE TABLE backup (
  id bigserial PRIMARY KEY,
  "startedAt" timestamptz(3) NOT NULL,
  "endedAt" timestamptz(3) NOT NULL DEFAULT now(),
  -- Size of the file.
  bytes bigint NOT NULL,
  -- Rows of all tables in it.
  rows bigint NOT NULL,
  -- Where it was written, as the machine that made it sees it.
  host text NOT NULL,
  file text NOT NULL
);

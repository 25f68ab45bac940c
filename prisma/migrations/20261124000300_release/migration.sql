-- The releases whose migrations this database has seen: an older program looks here whether it may still work on it.
CREATE TABLE release (
  number int PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

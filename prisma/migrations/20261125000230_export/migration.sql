-- A person's files are exported in the order in which they came, which an index has.
ALTER TABLE export RENAME COLUMN "lastId" TO "lastSeq";
ALTER TABLE export ALTER COLUMN "lastSeq" TYPE int;

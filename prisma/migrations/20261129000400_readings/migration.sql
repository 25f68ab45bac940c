-- What operators watch: since when files and answers wait, since when an engine fails, and the last readings of all of it.

ALTER TABLE transcription
  -- Since when a worker could take the file that is QUEUED; later than now while a retry waits for its time.
  ADD COLUMN "queuedAt" timestamptz(3),
  -- Since when something of its answer has not been sent; null while nothing is.
  ADD COLUMN "unsentSince" timestamptz(3);

UPDATE transcription t SET "queuedAt" = COALESCE(
  (SELECT max(s.at) FROM state_change s WHERE s."transcriptionId" = t.id AND s."toState" = 'QUEUED'), now())
 WHERE state = 'QUEUED';
UPDATE transcription SET "unsentSince" = now() WHERE "deliverAfter" IS NOT NULL;

-- A trigger, so that every function of the lane is covered, and programs of the release before this one as well.
CREATE FUNCTION record_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'QUEUED' AND (TG_OP = 'INSERT' OR OLD.state <> 'QUEUED') THEN
    NEW."queuedAt" := GREATEST(clock_timestamp(), NEW."runAfter");
  END IF;
  IF NEW."deliverAfter" IS NULL THEN
    NEW."unsentSince" := NULL;
  ELSIF NEW."unsentSince" IS NULL THEN
    NEW."unsentSince" := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER transcription_since BEFORE INSERT OR UPDATE OF state, "deliverAfter" ON transcription
  FOR EACH ROW EXECUTE FUNCTION record_since();

-- The oldest of each is the first entry of its index, however many there are.
CREATE INDEX transcription_queued_at ON transcription (engine, "queuedAt") WHERE state = 'QUEUED';
CREATE INDEX transcription_unsent ON transcription ("unsentSince") WHERE "deliverAfter" IS NOT NULL;

-- Since when the worker's circuit for the engine has not been closed: it is open, or tries one file at a time.
ALTER TABLE engine_report ADD COLUMN "circuitOpenSince" timestamptz(3);

-- The last readings, shared by all processes: one of them takes new ones when these are old. It has one row at most.
CREATE TABLE reading (
  id int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  -- When somebody last began to take readings: nobody else begins within the same interval.
  "claimedAt" timestamptz(3) NOT NULL,
  "takenAt" timestamptz(3),
  readings jsonb
);

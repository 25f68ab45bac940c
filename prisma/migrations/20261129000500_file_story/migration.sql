-- What the page of one file tells: why each attempt ended, and why its answer has not gone out.

ALTER TABLE state_change ADD COLUMN "errorCode" text;
ALTER TABLE transcription ADD COLUMN "deliverError" text;

-- As before, and an attempt that failed leaves its reason in the history.
CREATE OR REPLACE FUNCTION record_state_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  waiting_delta int := 0;
  open_delta int := 0;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    waiting_delta := waiting_delta - (OLD.state = 'PENDING')::int;
    open_delta := open_delta - is_open(OLD.state)::int;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    waiting_delta := waiting_delta + (NEW.state = 'PENDING')::int;
    open_delta := open_delta + is_open(NEW.state)::int;
  END IF;
  IF waiting_delta <> 0 OR open_delta <> 0 THEN
    UPDATE lane SET waiting = waiting + waiting_delta, open = open + open_delta,
           "openSeconds" = "openSeconds" + open_delta * COALESCE(NEW."announcedSeconds", OLD."announcedSeconds", 0)
     WHERE "userId" = COALESCE(NEW."userId", OLD."userId");
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND OLD.state <> NEW.state) THEN
    INSERT INTO state_change ("transcriptionId", "userId", "fromState", "toState", fence, holder, "errorCode")
    SELECT NEW.id, NEW."userId", CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state, l.fence, l.holder,
           -- A file keeps the reason of its last failure while it is tried again: it belongs to the end of an attempt alone.
           CASE WHEN TG_OP = 'UPDATE' AND OLD.state = 'PROCESSING' AND NEW.state IN ('QUEUED', 'FAILED') THEN NEW."errorCode" END
      FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
  END IF;
  RETURN NULL;
END $$;

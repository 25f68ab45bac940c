-- Trigger: writes the history of states, and updates the lane's counts of waiting and open transcriptions, also for changes
-- made by hand.
-- Locks: the user's lane, when a count changes
-- Called by: transcription_state_change
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
           -- errorCode stays on the row during the next attempt; only the end of an attempt records it.
           CASE WHEN TG_OP = 'UPDATE' AND OLD.state = 'PROCESSING' AND NEW.state IN ('QUEUED', 'FAILED') THEN NEW."errorCode" END
      FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
  END IF;
  RETURN NULL;
END $$;

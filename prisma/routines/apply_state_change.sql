-- Trigger: follows every change of a transcription's state, also one that is made by hand. It writes the history of states
-- and the depth of the queue, and updates the lane: its counts, its next seq, and its slot when the active transcription
-- has ended. Then it deletes the worker losses of one that is tried again, and closes the burst of one that has ended or
-- was deleted. A transcription that becomes QUEUED is counted by the routine that gives it the slot. It is one function,
-- because every trigger costs each change of a state.
-- Rows of `depth` are added, never updated, so that transactions do not wait for one another; depth_fold adds them up.
-- Locks: the user's lane, when it changes; as bundle_close and albums_release
-- Called by: transcription_state_change
CREATE OR REPLACE FUNCTION apply_state_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was_open boolean := false;
  is_open_now boolean := false;
  pending_delta int := 0;
BEGIN
  IF TG_OP = 'INSERT' THEN
    is_open_now := NEW.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
    pending_delta := (NEW.state = 'PENDING')::int;
    IF is_open_now THEN INSERT INTO depth (state, engine, files) VALUES (NEW.state, NEW.engine, 1); END IF;
    INSERT INTO state_change ("transcriptionId", "userId", "toState", fence, holder)
    SELECT NEW.id, NEW."userId", NEW.state, l.fence, l.holder
      FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
    UPDATE lane SET pending = pending + pending_delta, open = open + is_open_now::int, "nextSeq" = GREATEST("nextSeq", NEW.seq + 1),
           "openSeconds" = "openSeconds" + CASE WHEN is_open_now THEN COALESCE(NEW."announcedSeconds", 0) ELSE 0 END
     WHERE "userId" = NEW."userId";
    RETURN NULL;
  END IF;
  was_open := OLD.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
  IF TG_OP = 'DELETE' THEN
    IF NOT was_open THEN RETURN NULL; END IF;
    INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1);
    UPDATE lane SET pending = pending - (OLD.state = 'PENDING')::int, open = open - 1,
           "openSeconds" = "openSeconds" - COALESCE(OLD."announcedSeconds", 0) WHERE "userId" = OLD."userId";
    IF OLD."burstId" IS NOT NULL THEN
      PERFORM bundle_close(OLD."burstId");
      PERFORM albums_release(OLD."burstId");
    END IF;
    RETURN NULL;
  END IF;
  IF OLD.state = NEW.state THEN
    IF was_open AND OLD.engine IS DISTINCT FROM NEW.engine THEN
      INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1), (NEW.state, NEW.engine, 1);
    END IF;
    RETURN NULL;
  END IF;
  is_open_now := NEW.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
  IF was_open AND is_open_now THEN
    INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1), (NEW.state, NEW.engine, 1);
  ELSIF was_open THEN
    INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1);
  ELSIF is_open_now THEN
    INSERT INTO depth (state, engine, files) VALUES (NEW.state, NEW.engine, 1);
  END IF;
  -- Before the lane changes: the history has the fence and the holder of the claim that ends here.
  INSERT INTO state_change ("transcriptionId", "userId", "fromState", "toState", fence, holder, "errorCode")
  SELECT NEW.id, NEW."userId", OLD.state, NEW.state, l.fence, l.holder,
         -- errorCode stays on the row during the next attempt; only the end of an attempt records it.
         CASE WHEN OLD.state = 'PROCESSING' AND NEW.state IN ('QUEUED', 'FAILED') THEN NEW."errorCode" END
    FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
  IF NEW.state = 'PENDING' THEN
    pending_delta := 1;
  ELSIF OLD.state = 'PENDING' AND NEW.state <> 'QUEUED' THEN
    pending_delta := -1;
  END IF;
  IF was_open AND NOT is_open_now THEN
    UPDATE lane SET pending = pending + pending_delta, open = open - 1,
           "openSeconds" = "openSeconds" - COALESCE(NEW."announcedSeconds", 0),
           "activeId" = NULLIF("activeId", NEW.id),
           fence = fence + CASE WHEN "activeId" = NEW.id THEN 1 ELSE 0 END,
           holder = CASE WHEN "activeId" = NEW.id THEN NULL ELSE holder END,
           "leaseUntil" = CASE WHEN "activeId" = NEW.id THEN NULL ELSE "leaseUntil" END
     WHERE "userId" = NEW."userId";
    IF NEW."burstId" IS NOT NULL THEN
      PERFORM bundle_close(NEW."burstId");
      PERFORM albums_release(NEW."burstId");
    END IF;
  ELSIF pending_delta <> 0 OR is_open_now <> was_open THEN
    UPDATE lane SET pending = pending + pending_delta, open = open + (NOT was_open)::int,
           "openSeconds" = "openSeconds" + CASE WHEN was_open THEN 0 ELSE COALESCE(NEW."announcedSeconds", 0) END
     WHERE "userId" = NEW."userId";
  END IF;
  IF OLD.state = 'FAILED' THEN DELETE FROM worker_loss WHERE "transcriptionId" = NEW.id; END IF;
  RETURN NULL;
END $$;

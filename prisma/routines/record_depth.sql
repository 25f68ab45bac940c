-- Trigger: records in `depth` which states and engines gained or lost an open transcription. Rows are added, never updated,
-- so that transactions do not wait for one another; depth_fold adds them up.
-- Called by: transcription_depth
CREATE OR REPLACE FUNCTION record_depth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state, OLD.engine) IS NOT DISTINCT FROM (NEW.state, NEW.engine) THEN RETURN NULL; END IF;
  IF TG_OP <> 'INSERT' AND OLD.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING') THEN
    INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING') THEN
    INSERT INTO depth (state, engine, files) VALUES (NEW.state, NEW.engine, 1);
  END IF;
  RETURN NULL;
END $$;

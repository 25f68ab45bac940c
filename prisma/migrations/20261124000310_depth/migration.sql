-- How many files are in each state that is no ending, by engine, as changes that add up: one counter for all would make
-- every lane wait for every other. They are folded together now and then, so that few rows are left to add up, however
-- many files wait or have ended.
CREATE TABLE depth (
  id bigserial PRIMARY KEY,
  state transcription_state NOT NULL,
  engine text,
  files int NOT NULL
);

CREATE FUNCTION record_depth() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER transcription_depth AFTER INSERT OR DELETE OR UPDATE OF state, engine ON transcription
  FOR EACH ROW EXECUTE FUNCTION record_depth();

-- What is there already.
INSERT INTO depth (state, engine, files)
SELECT state, engine, count(*) FROM transcription
 WHERE state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING') GROUP BY state, engine;

-- Folds the oldest changes together, unless there are hardly any. Several may do it at once: each takes what no other
-- has. -> how many rows went into it
CREATE FUNCTION depth_fold(p_least int, p_most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  folded int;
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM depth LIMIT p_least) AS some_rows) < p_least THEN RETURN 0; END IF;
  WITH old AS (
    DELETE FROM depth WHERE id IN (SELECT id FROM depth ORDER BY id LIMIT p_most FOR UPDATE SKIP LOCKED)
    RETURNING state, engine, files
  ), sums AS (
    INSERT INTO depth (state, engine, files)
    SELECT state, engine, sum(files) FROM old GROUP BY state, engine HAVING sum(files) <> 0
  )
  SELECT count(*) INTO folded FROM old;
  RETURN folded;
END $$;

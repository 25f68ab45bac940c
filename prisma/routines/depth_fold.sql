-- Adds up the oldest rows of `depth` into one row for each state and engine. Calls at the same time take different rows.
-- p_min: does nothing when there are fewer rows
-- p_max: maximum number of rows to fold
-- Returns: the number of rows that were folded
-- Locks: the rows it folds; rows that are locked are skipped
-- Called by: src/store/overview.ts
CREATE OR REPLACE FUNCTION depth_fold(p_min int, p_max int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  folded int;
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM depth LIMIT p_min) AS some_rows) < p_min THEN RETURN 0; END IF;
  WITH old AS (
    DELETE FROM depth WHERE id IN (SELECT id FROM depth ORDER BY id LIMIT p_max FOR UPDATE SKIP LOCKED)
    RETURNING state, engine, files
  ), sums AS (
    INSERT INTO depth (state, engine, files)
    SELECT state, engine, sum(files) FROM old GROUP BY state, engine HAVING sum(files) <> 0
  )
  SELECT count(*) INTO folded FROM old;
  RETURN folded;
END $$;

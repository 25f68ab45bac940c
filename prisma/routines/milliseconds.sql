-- Returns an interval of p_ms milliseconds.
-- Locks: none
-- Called by: most of the functions here, src/store
CREATE OR REPLACE FUNCTION milliseconds(p_ms double precision) RETURNS interval LANGUAGE sql IMMUTABLE
  RETURN p_ms * interval '1 millisecond';

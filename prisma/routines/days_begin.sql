-- Returns the first moment of the day that is p_days - 1 days before today in the time zone p_zone: the beginning of the
-- last p_days calendar days.
-- Locks: none
-- Called by: quota_refusal, src/features/accounts/store, src/features/understanding/store, src/store/admin
CREATE OR REPLACE FUNCTION days_begin(p_zone text, p_days int) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN ((now() AT TIME ZONE p_zone)::date - (p_days - 1))::timestamp AT TIME ZONE p_zone;

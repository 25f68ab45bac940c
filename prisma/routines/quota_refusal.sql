-- Checks a quota: whether p_new more seconds fit into p_minutes in the last p_days calendar days, today included. p_open
-- counts as used today. The sum reads no more rows than the quota has let in.
-- p_zone: the time zone of the calendar
-- p_period: day or month, returned as it is
-- p_minutes: the quota; null or negative: none
-- p_open: for a new upload the announced seconds of open transcriptions; for decoded audio, minus
--   the seconds that its earlier attempts used (0 or negative)
-- p_new: seconds of the upload, as announced or as decoded
-- Returns: null when it fits, else {outcome: spent, period, minutes, again: when there is room; null when the upload alone
--   is longer than the quota}
-- Locks: none
-- Called by: lane_submit, src/features/accounts/store/quotas.ts
CREATE OR REPLACE FUNCTION quota_refusal(p_user bigint, p_zone text, p_period text, p_days int, p_minutes int, p_open int, p_new int)
RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  since timestamptz;
  -- An upload of unknown length counts as one second.
  wanted int := GREATEST(p_new, 1);
  used double precision;
  last_full date;
BEGIN
  IF p_minutes IS NULL OR p_minutes < 0 THEN RETURN NULL; END IF;
  since := days_begin(p_zone, p_days);
  SELECT COALESCE(sum("audioSeconds"), 0) INTO used FROM usage WHERE "userId" = p_user AND "endedAt" >= since;
  IF used + p_open + wanted <= p_minutes * 60 THEN RETURN NULL; END IF;
  -- The latest day that has to leave the period to make room: what came after it fits.
  SELECT max(day) INTO last_full FROM (
    SELECT day, sum(sum(seconds)) OVER (ORDER BY day DESC) AS kept FROM (
      SELECT (now() AT TIME ZONE p_zone)::date AS day, p_open AS seconds
      UNION ALL
      SELECT ("endedAt" AT TIME ZONE p_zone)::date, "audioSeconds" FROM usage WHERE "userId" = p_user AND "endedAt" >= since
    ) AS of_days GROUP BY day) AS days
   WHERE kept + wanted > p_minutes * 60;
  RETURN jsonb_build_object('outcome', 'spent', 'period', p_period, 'minutes', p_minutes,
    'again', CASE WHEN wanted <= p_minutes * 60 THEN (last_full + p_days)::timestamp AT TIME ZONE p_zone END);
END $$;

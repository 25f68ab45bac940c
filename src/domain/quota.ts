/** A user's own limit: minutes or files, `unlimited`, or null for the configured one. */
export type OwnLimit = number | 'unlimited' | null;

/** What admins type for no limit, in lower case. */
export const unlimitedWords: readonly string[] = ['unlimited', 'نامحدود', '∞'];

/** Limits that an admin has set for one user. */
export type Quota = {
  readonly minutesADay: OwnLimit;
  readonly minutesAMonth: OwnLimit;
  /** Maximum number of open files; there is always a limit. */
  readonly maxOpenFiles: number | null;
};

/**
 * Limits from the configuration, for users without their own; null: no limit. A month is the last 30 days
 * including today, here, in MAX_MINUTES_A_MONTH and in `lane_submit`.
 */
export type DefaultQuota = {
  readonly minutesADay: number | null;
  readonly minutesAMonth: number | null;
  readonly maxOpenFiles: number;
};

/** Length of a month in days, including today. The window moves with the days, so used minutes come back day by day. */
export const daysOfMonth = 30;

/** Largest limit that can be set; a day has 1,440 minutes. */
export const maxLimit = 1_000_000;

/** Returns the limits of a user: the user's own where set, else the configured ones. */
export function effectiveQuota(own: Quota, configured: DefaultQuota): DefaultQuota {
  const minutes = (limit: OwnLimit, otherwise: number | null) =>
    limit === 'unlimited' ? null : (limit ?? otherwise);
  return {
    minutesADay: minutes(own.minutesADay, configured.minutesADay),
    minutesAMonth: minutes(own.minutesAMonth, configured.minutesAMonth),
    maxOpenFiles: own.maxOpenFiles ?? configured.maxOpenFiles,
  };
}

/**
 * Returns true for a value that can be set: null, a whole number from 0 to `maxLimit`, or, for minutes,
 * `unlimited`.
 */
export function isLimit(name: keyof Quota, limit: unknown): limit is OwnLimit {
  if (limit === null) return true;
  if (limit === 'unlimited') return name !== 'maxOpenFiles';
  return typeof limit === 'number' && Number.isInteger(limit) && limit >= 0 && limit <= maxLimit;
}

/** A person's own limit: minutes or files, none at all, or (null) whatever the configuration says. */
export type OwnLimit = number | 'unlimited' | null;

/** What one person may use, where an admin has decided that. */
export type Quota = {
  readonly minutesADay: OwnLimit;
  readonly minutesAMonth: OwnLimit;
  /** Files that may wait at a time; there is always a limit. */
  readonly waitingFiles: number | null;
};

/** What everybody may use; null: no limit. */
export type UsualQuota = {
  readonly minutesADay: number | null;
  readonly minutesAMonth: number | null;
  readonly waitingFiles: number;
};

/** A month is so many days, of which today is the last: a quota comes back day by day, not all at once. */
export const daysOfMonth = 30;

/** Largest limit that can be set; a day has 1,440 minutes. */
export const largestLimit = 1_000_000;

/** What counts for a person: their own limits, and the configuration's for the rest. */
export function effectiveQuota(own: Quota, usual: UsualQuota): UsualQuota {
  const minutes = (limit: OwnLimit, otherwise: number | null) =>
    limit === 'unlimited' ? null : (limit ?? otherwise);
  return {
    minutesADay: minutes(own.minutesADay, usual.minutesADay),
    minutesAMonth: minutes(own.minutesAMonth, usual.minutesAMonth),
    waitingFiles: own.waitingFiles ?? usual.waitingFiles,
  };
}

/** True for a limit that can be set: whole, not negative, and none only for minutes. */
export function isLimit(name: keyof Quota, limit: unknown): limit is OwnLimit {
  if (limit === null) return true;
  if (limit === 'unlimited') return name !== 'waitingFiles';
  return typeof limit === 'number' && Number.isInteger(limit) && limit >= 0 && limit <= largestLimit;
}

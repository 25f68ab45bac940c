import { typedNumber } from '../../domain/persian/digits.ts';
import { isLimit, type OwnLimit, type Quota } from '../../domain/quota.ts';

export const quotaNames = [
  'minutesADay',
  'minutesAMonth',
  'waitingFiles',
] as const satisfies readonly (keyof Quota)[];

/** What a form says of somebody's quota: a number, `unlimited`, or nothing for the usual; null when it says anything else. */
export function quotaOf(fields: Readonly<Record<string, unknown>>): Quota | null {
  const limits = quotaNames.map((name) => {
    const text = typeof fields[name] === 'string' ? fields[name].trim().toLowerCase() : '';
    const isUnlimited = ['unlimited', 'نامحدود', '∞'].includes(text);
    const limit: OwnLimit = isUnlimited ? 'unlimited' : typedNumber(text);
    // An empty field is the usual limit; anything else that is no number is a mistake.
    const isMistake = limit === null && text !== '';
    return !isMistake && isLimit(name, limit) ? { limit } : null;
  });
  const [day, month, files] = limits;
  if (day == null || month == null || files == null) return null;
  return {
    minutesADay: day.limit,
    minutesAMonth: month.limit,
    waitingFiles: files.limit === 'unlimited' ? null : files.limit,
  };
}

/** A limit as the form shows it. */
export function limitText(limit: OwnLimit): string {
  return limit === null ? '' : String(limit);
}

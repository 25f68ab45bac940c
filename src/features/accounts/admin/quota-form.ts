import { typedNumber } from '../../../domain/persian/digits.ts';
import { isLimit, type OwnLimit, type Quota, unlimitedWords } from '../../../domain/quota.ts';

export const quotaNames = [
  'minutesADay',
  'minutesAMonth',
  'maxOpenFiles',
] as const satisfies readonly (keyof Quota)[];

/**
 * Parses the quota form: for each limit a number, `unlimited`, or nothing for the default.
 * @returns null if a field is invalid
 */
export function readQuotaForm(fields: Readonly<Record<string, unknown>>): Quota | null {
  const limits = quotaNames.map((name) => {
    const text = typeof fields[name] === 'string' ? fields[name].trim().toLowerCase() : '';
    const isUnlimited = unlimitedWords.includes(text);
    const limit: OwnLimit = isUnlimited ? 'unlimited' : typedNumber(text);
    // An empty field means the default limit; other text that is not a number is an error.
    const isMistake = limit === null && text !== '';
    return !isMistake && isLimit(name, limit) ? { limit } : null;
  });
  const [day, month, files] = limits;
  if (day == null || month == null || files == null) return null;
  return {
    minutesADay: day.limit,
    minutesAMonth: month.limit,
    maxOpenFiles: files.limit === 'unlimited' ? null : files.limit,
  };
}

/** Formats a limit for the form. */
export function limitText(limit: OwnLimit): string {
  return limit === null ? '' : String(limit);
}

import type { Refusal } from '../app/ports/lanes.ts';
import { formatDateTime } from './format.ts';
import type { Texts } from './texts.ts';

/** Returns why an upload was refused, and when it can be sent again. */
export function renderRefusal(
  texts: Texts,
  languageCode: string | null,
  refusal: Refusal,
  timeZone: string,
): string {
  if (refusal.outcome === 'full') {
    return texts(languageCode, `lane-full-${refusal.limit}`, { limit: refusal.max });
  }
  const { period, minutes, again } = refusal;
  if (again === null) return texts(languageCode, `quota-too-long-${period}`, { minutes });
  return texts(languageCode, `quota-${period}`, {
    minutes,
    again: formatDateTime(languageCode, again, timeZone),
  });
}

import type { Notice } from '../../app/monitoring/notify-admins.ts';
import type { Standstill } from '../../app/monitoring/standstills.ts';
import { engineNames } from '../../domain/engine-names.ts';
import { textLanguage } from '../../domain/languages.ts';
import { formatDateTime, formatDuration, isolate } from '../format.ts';
import type { Texts } from '../texts.ts';

/** Maximum number of unsent answers that are counted (store/admin/readings.ts). */
const maxCounted = 100;

/** Returns one sentence that describes a standstill. */
export function renderStandstill(texts: Texts, languageCode: string | null, standstill: Standstill): string {
  const { code, engine, machine } = standstill;
  return texts(languageCode, `standstill-${code}`, {
    engine: engine === null ? '' : isolate(engineNames[engine][textLanguage(languageCode)]),
    machine: isolate(machine ?? ''),
  });
}

/** Returns what an admin can do about a standstill. */
export function renderStandstillAdvice(
  texts: Texts,
  languageCode: string | null,
  { code }: Standstill,
): string {
  return texts(languageCode, `advice-${code}`);
}

/**
 * Returns a notice for an admin: the standstill, its beginning, how much waits and what to do; or
 * that it is over.
 */
export function renderNotice(
  texts: Texts,
  { kind, standstill, begunAt, to: { languageCode } }: Pick<Notice, 'kind' | 'standstill' | 'begunAt' | 'to'>,
  timeZone: string,
): string {
  const { code, sinceSeconds, waitingCount } = standstill;
  const lasted = formatDuration(texts, languageCode, sinceSeconds);
  const what = renderStandstill(texts, languageCode, standstill);
  if (kind === 'over') return texts(languageCode, 'notice-over', { what, lasted });
  const since = texts(languageCode, 'notice-since', {
    since: formatDateTime(languageCode, begunAt, timeZone),
    lasted,
  });
  const many = code === 'answers-unsent' && waitingCount === maxCounted ? 'yes' : 'no';
  return [
    texts(languageCode, `notice-${kind}`, { what }),
    waitingCount === null || waitingCount === 0
      ? since
      : `${since} ${texts(languageCode, 'notice-waiting', { waiting: waitingCount, many })}`,
    '',
    renderStandstillAdvice(texts, languageCode, standstill),
  ].join('\n');
}

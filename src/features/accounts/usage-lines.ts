import type { DefaultQuota } from '../../domain/quota.ts';
import { formatMoney } from '../../texts/format.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Consumption } from './store/accounts.ts';

/** Returns a user's usage and quota, one line each. */
export function usageLines(
  texts: Texts,
  languageCode: string | null,
  { today, month, open }: Consumption,
  quota: DefaultQuota,
): string[] {
  const say = (key: string, variables: Record<string, string | number>) =>
    texts(languageCode, key, variables);
  const line = (key: string, { seconds, files }: Consumption['today'], limit: number | null) =>
    `${say(key, { minutes: minutesOf(seconds), limit: limit ?? 'none' })} · ${say('usage-files', { files })}`;
  return [
    line('usage-day', today, quota.minutesADay),
    line('usage-month', month, quota.minutesAMonth),
    say('usage-open', { files: open.files, max: quota.maxOpenFiles }),
    ...(month.costs.length === 0
      ? []
      : [
          say('usage-cost', {
            costs: month.costs.map((cost) => formatMoney(texts, languageCode, cost)).join(' + '),
          }),
        ]),
  ];
}

/** Returns seconds in minutes, with one decimal below ten minutes. */
export function minutesOf(seconds: number): number {
  return seconds < 600 ? Math.round(seconds / 6) / 10 : Math.round(seconds / 60);
}

import type { InlineKeyboardButton } from 'grammy/types';
import type { Reader } from '../../../bot/reader.ts';
import { formatDateTime, formatLength } from '../../../texts/format.ts';
import type { DataSummary } from '../store/retention.ts';

/** A page of the menu. */
export type MyDataPage = { readonly text: string; readonly rows: readonly InlineKeyboardButton[][] };

/** Retention choices, in hours; 0 keeps transcripts until the user deletes them. */
export const retentionChoices = [24, 7 * 24, 30 * 24, 365 * 24, 0] as const;

/**
 * Returns the page that shows what is stored about a user.
 * @param hours the user's retention in hours; null for the default
 * @param usually default retention in hours (KEEP_TRANSCRIPTS_DAYS); null when transcripts are kept until users
 * delete them
 */
export function renderMyDataMainPage(
  { say, texts, languageCode, timeZone }: Reader,
  { transcripts, seconds, oldest, glossary, voices }: DataSummary,
  hours: number | null,
  usually: number | null,
): MyDataPage {
  const lines = [
    say('mydata-transcripts', { count: transcripts, duration: formatLength(texts, languageCode, seconds) }),
    ...(oldest === null
      ? []
      : [say('mydata-oldest', { date: formatDateTime(languageCode, oldest, timeZone) })]),
    say('mydata-glossary', { count: glossary }),
    ...(voices > 0 ? [say('mydata-voices', { count: voices })] : []),
    say('mydata-retention', { time: retentionTime({ say }, hours ?? usually ?? 0) }),
  ];
  return {
    text: [say('mydata-title'), '', ...lines.map((line) => `• ${line}`), '', say('mydata-more')].join('\n'),
    rows: [
      [button(say('mydata-button-export'), 'export')],
      [
        button(
          say('mydata-button-retention', { time: retentionTime({ say }, hours ?? usually ?? 0) }),
          'retention',
        ),
      ],
      ...(voices > 0 ? [[{ text: say('settings-voices'), callback_data: 'speakers:voices' }]] : []),
      [button(say('mydata-button-erase'), 'erase')],
    ],
  };
}

/** Returns the page of retention choices. */
export function renderRetentionPage(
  { say }: Reader,
  hours: number | null,
  usually: number | null,
): MyDataPage {
  const option = (choice: number | null, text: string) => [
    button(choice === hours ? `✓ ${text}` : text, `retention:${choice ?? 'usual'}`),
  ];
  return {
    text: say('mydata-retention-page'),
    rows: [
      option(null, say('mydata-retention-usual', { time: retentionTime({ say }, usually ?? 0) })),
      ...retentionChoices.map((hours) => option(hours, retentionTime({ say }, hours))),
      [button(say('mydata-back'), 'main')],
    ],
  };
}

/** Returns the page that says what the erasure deletes, and the word that confirms it. */
export function renderErasePage({ say }: Reader): MyDataPage {
  return {
    text: say('mydata-erase-page', { word: say('mydata-word') }),
    rows: [[button(say('mydata-button-stay'), 'stay')]],
  };
}

/** Returns the page that asks what the export should contain. */
export function renderExportPage({ say }: Reader): MyDataPage {
  return {
    text: say('mydata-export-page'),
    rows: [
      [button(say('mydata-export-texts'), 'export:texts')],
      [button(say('mydata-export-documents'), 'export:documents')],
      [button(say('mydata-back'), 'main')],
    ],
  };
}

function retentionTime({ say }: Pick<Reader, 'say'>, hours: number): string {
  if (hours === 0) return say('mydata-time-always');
  return hours % 24 === 0 && hours > 24
    ? say('mydata-time-days', { days: hours / 24 })
    : say('mydata-time-hours', { hours });
}

function button(text: string, data: string): InlineKeyboardButton {
  return { text, callback_data: `mydata:${data}` };
}

import type { MessageEntity } from 'grammy/types';
import type { Addressee } from '../app/ports/lanes.ts';
import { packButton } from '../domain/button.ts';
import { engineNames } from '../domain/engine-names.ts';
import { type ErrorCode, errorCodes } from '../domain/errors.ts';
import { textLanguage } from '../domain/languages.ts';
import type { StatusView } from '../domain/status.ts';
import { formatDuration, formatPercent, formatTimeRanges, isolate } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';
import { renderAnswer } from './answer-message.ts';
import { renderBurst } from './burst-message.ts';
import { renderPicker } from './picker.ts';
import type { MakeButton, StatusMessage } from './status-message.ts';

/**
 * Returns the status message of a transcription in the user's language: its text and its buttons.
 * The button that opens the picker names the engine, where it is known.
 * @param isUnfolded true for all buttons under a completed one
 */
export function renderStatus(
  texts: Texts,
  { id, languageCode, engine }: Pick<Addressee, 'id' | 'languageCode' | 'engine'>,
  view: StatusView,
  isUnfolded = false,
): StatusMessage {
  const say: Say = (key, variables) => texts(languageCode, key, variables);
  const button: MakeButton = (action) => ({
    text: say(`button-${action}`),
    callback_data: packButton({ action, id }),
  });
  const cancel = button('cancel');
  const cancellable = (text: string) => ({
    text,
    entities: [],
    keyboard: { inline_keyboard: [[cancel]] },
  });
  const toPicker =
    engine === null
      ? button('other')
      : {
          ...button('other'),
          text: say('button-engine-open', { engine: engineNames[engine][textLanguage(languageCode)] }),
        };
  const changeable = (text: string, entities: MessageEntity[] = []) => ({
    text,
    entities,
    keyboard: { inline_keyboard: [[toPicker, cancel]] },
  });
  const plain = (text: string) => ({ text, entities: [], keyboard: { inline_keyboard: [] } });
  const withBar = (text: string, fraction: number | null, leftSeconds?: number, live?: string) => {
    if (fraction === null) return changeable(text);
    const left = leftSeconds === undefined ? [] : [timeLeftWords(leftSeconds)];
    const facts = [formatPercent(texts, languageCode, fraction), ...left].join(' · ');
    const above = `${text}\n${renderBar(fraction)} ${facts}`;
    if (live === undefined) return changeable(above);
    const quote: MessageEntity = { type: 'blockquote', offset: above.length + 1, length: live.length };
    return changeable(`${above}\n${live}`, [quote]);
  };
  const timeLeftWords = (seconds: number) =>
    say('status-left', { time: formatDuration(texts, languageCode, seconds) });

  switch (view.kind) {
    case 'burst':
      return renderBurst(texts, languageCode, view, (active) => {
        const { text } = renderStatus(texts, { id, languageCode, engine }, active);
        return text;
      });
    case 'choosing':
      return renderPicker(texts, languageCode, id, view, button);
    case 'waiting':
      return changeable(say('status-waiting', { before: view.before }));
    case 'preparing':
      return withBar(say('status-preparing', { stage: say(`stage-prepare-${view.stage}`) }), view.fraction);
    case 'resting':
    case 'paused':
      return changeable(say(`status-${view.kind}`));
    case 'processing':
      return withBar(say(`status-${view.stage}`), view.fraction, view.leftSeconds, view.text);
    case 'retrying':
      return cancellable(
        say('status-retrying', { reason: renderPassingReason(say, view.code), seconds: view.seconds }),
      );
    case 'cancelling':
      return plain(say('status-cancelling'));
    case 'cancelled':
      return plain(say('status-cancelled'));
    case 'deleted':
      return plain(say(view.renews ? 'status-deleted-renewed' : 'status-deleted'));
    case 'completed':
      return renderAnswer(texts, languageCode, id, view, button, isUnfolded);
    case 'failed':
      return {
        text: `✗ ${reasonOf(texts, languageCode, view)}`,
        entities: [],
        keyboard: {
          inline_keyboard: remedies[errorCodes[view.code].remedy].map((action) => [button(action)]),
        },
      };
  }
}

/** The buttons that each kind of failure offers. */
const remedies = { none: [], retry: ['retry', 'reopen'], engine: ['reopen'] } as const;

type Say = (key: string, variables?: Record<string, string | number>) => string;

/** Returns the sentence of an error that will be retried; shorter where the full one would name a remedy. */
function renderPassingReason(say: Say, code: ErrorCode): string {
  return code === 'chunks_missing' ? say('retrying-chunks_missing') : say(`error-${code}`);
}

/** Returns the sentence of a final error. The missing ranges are in the details as `50-100 200-250`, in seconds. */
function reasonOf(
  texts: Texts,
  languageCode: string | null,
  { code, details: stored }: StatusView & { kind: 'failed' },
): string {
  const { form } = stored;
  const details = form === undefined ? stored : { ...stored, form: isolate(`${form}`) };
  if (code !== 'chunks_missing') return texts(languageCode, `error-${code}`, details);
  const ranges = `${details['ranges']}`.split(' ').map((range) => {
    const [start = 0, end = 0] = range.split('-').map(Number);
    return { start, end };
  });
  return texts(languageCode, 'error-chunks_missing', {
    reason: texts(languageCode, `error-${details['reason']}`, details),
    ranges: formatTimeRanges(texts, languageCode, ranges),
  });
}

const barLength = 12;

/** Returns a progress bar that needs no special font and reads the same in both writing directions. */
function renderBar(fraction: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * barLength);
  return '▓'.repeat(filled) + '░'.repeat(barLength - filled);
}

import type { InlineKeyboardButton } from 'grammy/types';
import { packButton } from '../domain/button.ts';
import { type DocumentFormat, defaultFormats } from '../domain/document.ts';
import { otherFormats } from '../domain/document-choice.ts';
import { type EngineId, engineNames } from '../domain/engine-names.ts';
import { type ErrorCode, errorCodes } from '../domain/errors.ts';
import type { TranscriptionId } from '../domain/ids.ts';
import { textLanguage } from '../domain/languages.ts';
import type { StatusView } from '../domain/status.ts';
import { formatDuration, formatPercent, formatTimeRanges, isolate, languageName } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';
import { type MakeButton, renderPicker, type StatusMessage } from './picker.ts';

/**
 * A lost duration below this is reported without a number, in seconds: the length of a truncated
 * file may be unknown.
 */
const minReportedLossSeconds = 0.1;

/**
 * Returns the status message of a transcription in the user's language: its text and its buttons.
 * @param engine the engine that runs it, which the button to the picker names; null when unknown
 */
export function renderStatus(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  view: StatusView,
  engine: EngineId | null = null,
): StatusMessage {
  const say: Say = (key, variables) => texts(languageCode, key, variables);
  const button: MakeButton = (action) => ({
    text: say(`button-${action}`),
    callback_data: packButton({ action, id }),
  });
  const cancel = button('cancel');
  const cancellable = (text: string) => ({ text, keyboard: { inline_keyboard: [[cancel]] } });
  const toPicker =
    engine === null
      ? button('other')
      : {
          ...button('other'),
          text: say('button-engine-open', { engine: engineNames[engine][textLanguage(languageCode)] }),
        };
  const changeable = (text: string) => ({ text, keyboard: { inline_keyboard: [[toPicker, cancel]] } });
  const plain = (text: string) => ({ text, keyboard: { inline_keyboard: [] } });
  const withBar = (text: string, fraction: number | null, leftSeconds?: number) => {
    if (fraction === null) return changeable(text);
    const left = leftSeconds === undefined ? [] : [timeLeftWords(leftSeconds)];
    const facts = [formatPercent(texts, languageCode, fraction), ...left].join(' · ');
    return changeable(`${text}\n${renderBar(fraction)} ${facts}`);
  };
  const timeLeftWords = (seconds: number) =>
    say('status-left', { time: formatDuration(texts, languageCode, seconds) });

  const lostWords = (seconds: number) =>
    seconds < minReportedLossSeconds
      ? say('status-lost-some')
      : say('status-lost', { lost: formatDuration(texts, languageCode, seconds) });

  switch (view.kind) {
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
      return withBar(say(`status-${view.stage}`), view.fraction, view.leftSeconds);
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
      return {
        text: [
          `✓ ${say(view.isRepeated ? 'status-repeated' : 'status-completed', {
            duration: formatDuration(texts, languageCode, view.durationSeconds),
            wall: formatDuration(texts, languageCode, view.wallSeconds ?? 0),
            engine: isolate(view.engineName),
          })}`,
          ...(view.otherLanguage === undefined
            ? []
            : [say('status-other-language', languageNames(languageCode, view.otherLanguage))]),
          ...(view.isBundled ? [say('status-bundled')] : view.isExcerpt ? [say(excerptKey(view))] : []),
          ...(view.replaced ? [say('status-replaced', { places: view.replaced })] : []),
          ...(view.isWithoutSpeakers ? [say('status-without-speakers')] : []),
          ...(view.lostSeconds ? [lostWords(view.lostSeconds)] : []),
        ].join('\n'),
        keyboard: { inline_keyboard: renderCompletedRows(id, view, say, button, languageCode) },
      };
    case 'failed':
      return {
        text: `✗ ${reasonOf(texts, languageCode, view)}`,
        keyboard: {
          inline_keyboard: remedies[errorCodes[view.code].remedy].map((action) => [button(action)]),
        },
      };
  }
}

/** Returns the buttons for a completed transcription. */
function renderCompletedRows(
  id: TranscriptionId,
  view: StatusView & { kind: 'completed' },
  say: Say,
  button: MakeButton,
  languageCode: string | null,
): InlineKeyboardButton[][] {
  const thumbs = [button('good'), button('bad')];
  const replaced = view.replaced ? [button('replaced')] : [];
  const language =
    view.otherLanguage === undefined
      ? []
      : [renderLanguageButton(say, id, view.otherLanguage.detected, languageCode)];
  if (view.isCompact) {
    const formats = renderFormatButtons(id, view.formats ?? []).slice(0, defaultFormats.length);
    return [language, formats, [button('fix'), ...replaced], [...thumbs, button('delete')]].filter(
      (row) => row.length > 0,
    );
  }
  return [
    language,
    ...renderFormatRows(id, view.formats ?? defaultFormats),
    [button('other'), button('times')],
    [button('fix'), ...(view.lowConfidence ? [renderLowConfidenceButton(say, id, view.lowConfidence)] : [])],
    replaced,
    view.offersAlways ? [renderAlwaysButton(say, id, view.engineName)] : [],
    thumbs,
    [button('delete')],
  ].filter((row) => row.length > 0);
}

function renderAlwaysButton(say: Say, id: TranscriptionId, engine: string): InlineKeyboardButton {
  return { text: say('button-always', { engine }), callback_data: packButton({ action: 'always', id }) };
}

function renderLanguageButton(
  say: Say,
  id: TranscriptionId,
  language: string,
  languageCode: string | null,
): InlineKeyboardButton {
  return {
    text: say('button-language', { language: languageName(languageCode, language) }),
    callback_data: packButton({ action: 'language', id, language }),
  };
}

function renderLowConfidenceButton(say: Say, id: TranscriptionId, words: number): InlineKeyboardButton {
  return {
    text: say('button-low-confidence', { words }),
    callback_data: packButton({ action: 'low-confidence', id }),
  };
}

/** Returns a button for each format that was not attached, in rows that fit a phone. */
function renderFormatRows(
  id: TranscriptionId,
  attached: readonly DocumentFormat[],
): InlineKeyboardButton[][] {
  const buttons = renderFormatButtons(id, attached);
  return [buttons.slice(0, formatsPerRow), buttons.slice(formatsPerRow)].filter((row) => row.length > 0);
}

function renderFormatButtons(
  id: TranscriptionId,
  attached: readonly DocumentFormat[],
): InlineKeyboardButton[] {
  return otherFormats(attached).map((format) => ({
    text: format.toUpperCase(),
    callback_data: packButton({ action: 'format', id, format }),
  }));
}

const formatsPerRow = 4;

/**
 * Returns the key of the sentence that says whether the rest of the text is in attached documents,
 * or in documents on request.
 */
function excerptKey({ formats = [] }: { readonly formats?: readonly DocumentFormat[] }): string {
  return formats.length === 0 ? 'status-excerpt-on-request' : 'status-excerpt';
}

function languageNames(
  languageCode: string | null,
  { detected, asked }: { detected: string; asked: string },
) {
  const name = (code: string) => languageName(languageCode, code);
  return { detected: name(detected), asked: name(asked) };
}

/** The buttons that each kind of failure offers. */
const remedies = { none: [], retry: ['retry', 'reopen'], engine: ['reopen'] } as const;

type Say = (key: string, variables?: Record<string, string | number>) => string;

/**
 * Returns the sentence of an error that will be retried; shorter where the full one would name a
 * remedy.
 */
function renderPassingReason(say: Say, code: ErrorCode): string {
  return code === 'chunks_missing' ? say('retrying-chunks_missing') : say(`error-${code}`);
}

/**
 * Returns the sentence of a final error. The missing ranges are in the details as `50-100 200-250`,
 * in seconds.
 */
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

import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { AnswerText } from '../domain/answer-text.ts';
import { packButton } from '../domain/button.ts';
import { type DocumentFormat, defaultFormats, formatName } from '../domain/document.ts';
import { otherFormats, wantedFormats } from '../domain/document-choice.ts';
import type { TranscriptionId } from '../domain/ids.ts';
import type { StatusView } from '../domain/status.ts';
import { inRows } from '../lib/in-rows.ts';
import { formatDuration, formatLength, isolate, languageName } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';
import { entitiesOf } from './entities.ts';
import type { MakeButton, StatusMessage } from './status-message.ts';

type Completed = StatusView & { readonly kind: 'completed' };

type Say = (key: string, variables?: Record<string, string | number>) => string;

/**
 * A lost duration below this is reported without a number, in seconds: the length of a truncated file may be unknown.
 */
const minReportedLossSeconds = 0.1;

/** Longest text that a button copies, in UTF-16 units (Bot API, `CopyTextButton`). */
const maxCopiedLength = 256;

const formatsPerRow = 4;

/**
 * Returns the message of a completed transcription: its text, what the user should know about it in
 * italics below, and its buttons. An answer without a text in it has a summary instead.
 * @param isUnfolded true for all buttons, false for one row with the usual ones
 */
export function renderAnswer(
  texts: Texts,
  languageCode: string | null,
  id: TranscriptionId,
  view: Completed,
  button: MakeButton,
  isUnfolded: boolean,
): StatusMessage {
  const say: Say = (key, variables) => texts(languageCode, key, variables);
  const notes = renderRemarks(texts, languageCode, view);
  const keyboard = renderKeyboard(say, languageCode, id, view, button, isUnfolded);
  const { answer } = view;
  if (answer === undefined || view.isBundled) {
    const done = say('status-completed', {
      duration: formatLength(texts, languageCode, view.durationSeconds),
      wall: formatDuration(texts, languageCode, view.wallSeconds ?? 0),
      engine: isolate(view.engineName),
    });
    const bundled = view.isBundled ? [say('status-bundled')] : [];
    const lines = view.isReused ? notes : [done, ...notes];
    return { text: `✓ ${[...lines, ...bundled].join('\n')}`, entities: [], keyboard };
  }
  if (notes.length === 0) return { text: answer.text, entities: entitiesOf(answer), keyboard };
  const below = notes.join('\n');
  const offset = answer.text.length + 2;
  const italic: MessageEntity = { type: 'italic', offset, length: below.length };
  return { text: `${answer.text}\n\n${below}`, entities: [...entitiesOf(answer), italic], keyboard };
}

/** Returns what the user should know about a transcript, one line each. */
function renderRemarks(texts: Texts, languageCode: string | null, view: Completed): string[] {
  const say: Say = (key, variables) => texts(languageCode, key, variables);
  const name = (code: string) => languageName(languageCode, code);
  const { otherLanguage, lostSeconds } = view;
  return [
    ...(view.isExcerpt && !view.isBundled ? [say(excerptKey(view))] : []),
    ...(view.isReused
      ? [
          say('status-reused', {
            duration: formatLength(texts, languageCode, view.durationSeconds),
            engine: isolate(view.engineName),
          }),
        ]
      : []),
    ...(otherLanguage === undefined
      ? []
      : [
          say('status-other-language', {
            detected: name(otherLanguage.detected),
            asked: name(otherLanguage.asked),
          }),
        ]),
    ...(view.replaced ? [say('status-replaced', { places: view.replaced })] : []),
    ...(view.isWithoutSpeakers ? [say('status-without-speakers')] : []),
    ...(lostSeconds
      ? [
          lostSeconds < minReportedLossSeconds
            ? say('status-lost-some')
            : say('status-lost', { lost: formatDuration(texts, languageCode, lostSeconds) }),
        ]
      : []),
  ];
}

/**
 * Returns the key of the sentence that says whether the rest of the text is in attached documents,
 * or in documents on request.
 */
function excerptKey({ formats = [] }: Completed): string {
  return formats.length === 0 ? 'status-excerpt-on-request' : 'status-excerpt';
}

/** Returns the usual buttons in one row of at most four, the last of which unfolds all of them. */
function renderKeyboard(
  say: Say,
  languageCode: string | null,
  id: TranscriptionId,
  view: Completed,
  button: MakeButton,
  isUnfolded: boolean,
): InlineKeyboardMarkup {
  const language = renderLanguageButton(say, languageCode, id, view);
  // Its label is long, and a text in the wrong language is not wanted in other formats.
  const usual =
    language.length > 0 ? language : [...renderCopyButton(say, view), ...renderUsualFormats(id, view)];
  const first = [...usual, button(isUnfolded ? 'less' : 'more')];
  return { inline_keyboard: isUnfolded ? [first, ...renderAll(say, id, view, button)] : [first] };
}

/**
 * Returns the button that transcribes the upload again in the language that was detected, if it is not the given one.
 */
function renderLanguageButton(
  say: Say,
  languageCode: string | null,
  id: TranscriptionId,
  { otherLanguage }: Completed,
): InlineKeyboardButton[] {
  if (otherLanguage === undefined) return [];
  const { detected } = otherLanguage;
  return [
    {
      text: say('button-language', { language: languageName(languageCode, detected) }),
      callback_data: packButton({ action: 'language', id, language: detected }),
    },
  ];
}

/** Returns the buttons under a bundle: copy of a short text, and files where none came. */
export function renderBundleButtons(
  texts: Texts,
  languageCode: string | null,
  message: AnswerText,
): InlineKeyboardMarkup | undefined {
  const { bundle } = message;
  if (bundle === undefined) return undefined;
  const copy = canCopy(message)
    ? [{ text: texts(languageCode, 'button-copy'), copy_text: { text: message.text } }]
    : [];
  const formats = bundle.formats.map((format) => ({
    text: formatName(format),
    callback_data: packButton({ action: 'bundle', id: bundle.id, format }),
  }));
  const row = [...copy, ...formats];
  return row.length === 0 ? undefined : { inline_keyboard: [row] };
}

/** Returns the button that copies the whole text, where Telegram can copy one of its length. */
function renderCopyButton(say: Say, { answer, isExcerpt }: Completed): InlineKeyboardButton[] {
  if (!canCopy(answer) || isExcerpt) return [];
  return [{ text: say('button-copy'), copy_text: { text: answer.text } }];
}

function canCopy(answer: AnswerText | undefined): answer is AnswerText {
  return answer !== undefined && answer.text.trim() !== '' && answer.text.length <= maxCopiedLength;
}

function renderUsualFormats(
  id: TranscriptionId,
  { formats = defaultFormats, lastFormat, isCompact, isExcerpt }: Completed,
): InlineKeyboardButton[] {
  // In a group only where the text is not whole: there they are seldom wanted.
  if (formats.length > 0 || (isCompact && !isExcerpt)) return [];
  return wantedFormats(lastFormat).map((format) => renderFormatButton(id, format));
}

function renderFormatButton(id: TranscriptionId, format: DocumentFormat): InlineKeyboardButton {
  return { text: formatName(format), callback_data: packButton({ action: 'format', id, format }) };
}

/** Returns the rows of all buttons but the usual ones. */
function renderAll(
  say: Say,
  id: TranscriptionId,
  view: Completed,
  button: MakeButton,
): InlineKeyboardButton[][] {
  const { formats = defaultFormats, isCompact, lowConfidence, replaced, hasSpeakers } = view;
  const thumbs = [button('good'), button('bad')];
  const speakers = hasSpeakers ? [button('speakers')] : [];
  if (isCompact) {
    const files = otherFormats(formats).slice(0, defaultFormats.length);
    return [
      [button('fix'), ...(replaced ? [button('replaced')] : [])],
      speakers,
      files.map((format) => renderFormatButton(id, format)),
      [...thumbs, button('delete')],
    ].filter((row) => row.length > 0);
  }
  const files = otherFormats(formats).map((format) => renderFormatButton(id, format));
  const lowConfidenceButton = {
    text: say('button-low-confidence', { words: lowConfidence ?? 0 }),
    callback_data: packButton({ action: 'low-confidence', id }),
  };
  // First what most users look for; the formats of programs and e-readers below.
  return [
    [button('fix'), ...(lowConfidence ? [lowConfidenceButton] : [])],
    [...(replaced ? [button('replaced')] : []), ...speakers],
    [button('other'), button('times')],
    ...inRows(files, formatsPerRow),
    formats.length > 0 ? [button('on-request')] : [],
    [...thumbs, button('delete')],
  ].filter((row) => row.length > 0);
}

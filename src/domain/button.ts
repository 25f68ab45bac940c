import { type DocumentFormat, isDocumentFormat } from './document.ts';
import { type EngineId, isEngineId } from './engine-names.ts';
import { parseTranscriptionId, type TranscriptionId } from './ids.ts';
import { speechLanguages } from './languages.ts';

/**
 * Actions of buttons that carry only the id of a transcription.
 * - `always`: makes the engine the user's default; below answers of older versions
 * - `refresh`: shows the picker again, for when no engine was usable
 * - `cancel`: cancels the transcription
 * - `retry`: retries a failed transcription; `reopen`: retries it on an engine that the user picks
 * - `other`: transcribes the upload on another engine
 * - `times`: sends the transcript with times
 * - `fix`: explains how to correct a text
 * - `low-confidence`: lists the words with low confidence
 * - `replaced`: lists what the glossary changed
 * - `speakers`: lists the speakers, to listen to them and to name them
 * - `delete`: asks for confirmation; `erase`: confirms and deletes; `keep`: does not delete
 * - `good`, `bad`: the user's rating of the transcript
 * - `more`: shows all buttons; `less`: folds them
 * - `on-request`: sends files only on request from now on
 * - `go-on`: goes on with the engine that runs, when another one was offered
 */
export const plainActions = [
  'always',
  'refresh',
  'cancel',
  'retry',
  'reopen',
  'other',
  'times',
  'fix',
  'low-confidence',
  'replaced',
  'speakers',
  'delete',
  'erase',
  'keep',
  'good',
  'bad',
  'more',
  'less',
  'on-request',
  'go-on',
] as const;

/** Action of a button that carries only the id of a transcription. */
export type PlainAction = (typeof plainActions)[number];

/** A button under a status message. */
export type Button =
  | { readonly action: 'engine'; readonly id: TranscriptionId; readonly engine: EngineId }
  /** Ends a running transcription and transcribes its upload on this engine. */
  | { readonly action: 'switch'; readonly id: TranscriptionId; readonly engine: EngineId }
  /** Makes the engine the user's default, and chooses it. */
  | { readonly action: 'always-with'; readonly id: TranscriptionId; readonly engine: EngineId }
  /** Requests the transcript as a document in one more format. */
  | { readonly action: 'format'; readonly id: TranscriptionId; readonly format: DocumentFormat }
  /** Requests a bundle in one more format; `id` is the transcription that it was sent with. */
  | { readonly action: 'bundle'; readonly id: TranscriptionId; readonly format: DocumentFormat }
  /** Transcribes the upload again as speech in this language, ISO 639-1. */
  | { readonly action: 'language'; readonly id: TranscriptionId; readonly language: string }
  | { readonly action: PlainAction; readonly id: TranscriptionId };

/** Returns the button as callback data, at most 64 bytes (Bot API, `InlineKeyboardButton.callback_data`). */
export function packButton(button: Button): string {
  return [button.action, button.id, ...objectOf(button)].join(':');
}

function objectOf(button: Button): string[] {
  switch (button.action) {
    case 'engine':
    case 'switch':
    case 'always-with':
      return [button.engine];
    case 'format':
    case 'bundle':
      return [button.format];
    case 'language':
      return [button.language];
    default:
      return [];
  }
}

/** Parses callback data. Returns `undefined` for anything that is not a button, because clients can send any text. */
export function parseButton(data: string): Button | undefined {
  const [action, idText = '', of, ...rest] = data.split(':');
  const id = parseTranscriptionId(idText);
  if (id === undefined || rest.length > 0) return undefined;
  if ((action === 'engine' || action === 'switch' || action === 'always-with') && isEngineId(of))
    return { action, id, engine: of };
  if ((action === 'format' || action === 'bundle') && isDocumentFormat(of)) return { action, id, format: of };
  if (action === 'language' && of !== undefined && speechLanguages.has(of))
    return { action, id, language: of };
  const plain = plainActions.find((name) => name === action);
  if (plain !== undefined && of === undefined) return { action: plain, id };
  return undefined;
}

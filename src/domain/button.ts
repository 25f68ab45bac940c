import { type DocumentFormat, isDocumentFormat } from './document.ts';
import { type EngineId, isEngineId } from './engine-names.ts';
import { parseTranscriptionId, type TranscriptionId } from './ids.ts';

/**
 * Buttons that name nothing but their file. `refresh`: the picker anew, since no engine was usable; `cancel`: out of
 * the lane; `retry`: a failed file again; `reopen`: a failed file again, on an engine to be picked; `other`: the file on
 * another engine; `times`: the transcript with times; `fix`: how a
 * text is corrected; `unsure`: words that may be wrong; `replaced`: what the glossary has changed in it; `delete`: asks whether to; `erase`: deletes; `keep`: does not; `good`, `bad`: what the person thinks of the transcript.
 */
const plainActions = [
  'always',
  'refresh',
  'cancel',
  'retry',
  'reopen',
  'other',
  'times',
  'fix',
  'unsure',
  'replaced',
  'delete',
  'erase',
  'keep',
  'good',
  'bad',
] as const;

/** What a button asks for that names nothing but its file. */
export type PlainAction = (typeof plainActions)[number];

/** What a button under a status message asks for. */
export type Button =
  | { readonly action: 'engine'; readonly id: TranscriptionId; readonly engine: EngineId }
  /** The transcript in one more format. */
  | { readonly action: 'format'; readonly id: TranscriptionId; readonly format: DocumentFormat }
  | { readonly action: PlainAction; readonly id: TranscriptionId };

/** The button as callback data; at most 64 bytes (Bot API, `InlineKeyboardButton.callback_data`). */
export function packButton(button: Button): string {
  const of =
    button.action === 'engine' ? button.engine : button.action === 'format' ? button.format : undefined;
  return [button.action, button.id, ...(of === undefined ? [] : [of])].join(':');
}

/** Callback data back to a button; `undefined` for anything else, since clients can send what they like. */
export function parseButton(data: string): Button | undefined {
  const [action, idText = '', of, ...rest] = data.split(':');
  const id = parseTranscriptionId(idText);
  if (id === undefined || rest.length > 0) return undefined;
  if (action === 'engine' && isEngineId(of)) return { action, id, engine: of };
  if (action === 'format' && isDocumentFormat(of)) return { action, id, format: of };
  const plain = plainActions.find((name) => name === action);
  if (plain !== undefined && of === undefined) return { action: plain, id };
  return undefined;
}

import { type EngineId, isEngineId } from './engine.ts';
import { parseTranscriptionId, type TranscriptionId } from './ids.ts';

/** What a button under a status message asks for. */
export type Button =
  | { readonly action: 'engine'; readonly id: TranscriptionId; readonly engine: EngineId }
  /** Shows the picker anew: no engine was usable when it was shown. */
  | { readonly action: 'refresh'; readonly id: TranscriptionId }
  | { readonly action: 'cancel'; readonly id: TranscriptionId };

/** The button as callback data; at most 64 bytes (Bot API, `InlineKeyboardButton.callback_data`). */
export function packButton(button: Button): string {
  return button.action === 'engine'
    ? `engine:${button.id}:${button.engine}`
    : `${button.action}:${button.id}`;
}

/** Callback data back to a button; `undefined` for anything else, since clients can send what they like. */
export function parseButton(data: string): Button | undefined {
  const [action, idText = '', engine, ...rest] = data.split(':');
  const id = parseTranscriptionId(idText);
  if (id === undefined || rest.length > 0) return undefined;
  if (action === 'engine' && isEngineId(engine)) return { action, id, engine };
  if ((action === 'cancel' || action === 'refresh') && engine === undefined) return { action, id };
  return undefined;
}

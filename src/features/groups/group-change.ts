import { type DocumentFormat, isDocumentFormat } from '../../domain/document.ts';
import { type EngineId, isEngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import { speechLanguages } from '../../domain/languages.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Groups } from './store.ts';

/** A change of a group's settings by a button. */
export type GroupChange =
  | { readonly what: 'automatic'; readonly isOn: boolean }
  | { readonly what: 'engine'; readonly engine: EngineId | null }
  | { readonly what: 'language'; readonly language: string | null }
  | { readonly what: 'format'; readonly format: DocumentFormat; readonly isOn: boolean };

/**
 * Parses the change of a button (`automatic:on`, `engine:local`, `language:auto`, `srt:off`). Returns null for anything
 * else.
 */
export function readGroupChange(name: string, value: string): GroupChange | null {
  const isOn = value === 'on';
  if (name === 'engine') {
    if (value === 'own') return { what: 'engine', engine: null };
    return isEngineId(value) ? { what: 'engine', engine: value } : null;
  }
  if (name === 'language') {
    if (value === 'auto') return { what: 'language', language: null };
    return speechLanguages.has(value) ? { what: 'language', language: value } : null;
  }
  if (!isOn && value !== 'off') return null;
  if (name === 'automatic') return { what: 'automatic', isOn };
  return isDocumentFormat(name) ? { what: 'format', format: name, isOn } : null;
}

/**
 * Changes a group's settings for one of its admins. The admin who switches automatic transcription on owns the
 * transcriptions of messages that were not sent by a user.
 */
export async function changeGroup(
  groups: Groups,
  chat: Upload['chat'],
  adminId: UserId,
  change: GroupChange,
): Promise<void> {
  switch (change.what) {
    case 'automatic':
      return groups.change(chat, { automaticBy: change.isOn ? adminId : null });
    case 'engine':
      return groups.change(chat, { engine: change.engine });
    case 'language':
      return groups.change(chat, { speechLanguage: change.language });
    case 'format':
      return groups.setFormat(chat, change.format, change.isOn);
  }
}

import { type DocumentFormat, isDocumentFormat } from './document.ts';
import { type EngineId, isEngineId } from './engine-names.ts';
import { speechLanguages } from './languages.ts';

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

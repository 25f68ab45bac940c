import type { TextLanguage } from './languages.ts';

/** A name in each language that Dabir speaks. */
export type NameInLanguages = Readonly<Record<TextLanguage, string>>;

/**
 * The engines there are, in the order in which they are offered, by the ids that callback data and the database hold.
 * A new engine is its own file, a line here and one in engines/registry.ts, which the compiler asks for.
 */
export const engineNames = {
  local: { fa: 'LOCAL', en: 'LOCAL' },
  eboo: { fa: 'ایبو', en: 'EBOO' },
  scribe: { fa: 'اسکرایب', en: 'SCRIBE' },
  vira: { fa: 'ویرا', en: 'VIRA' },
  openai: { fa: 'OpenAI', en: 'OpenAI' },
  elevenlabs: { fa: 'ElevenLabs', en: 'ElevenLabs' },
} as const satisfies Record<string, NameInLanguages>;

export type EngineId = keyof typeof engineNames;
export const engineIds = Object.keys(engineNames) as [EngineId, ...EngineId[]];

/** True when the text names an engine. */
export function isEngineId(text: unknown): text is EngineId {
  return (engineIds as readonly unknown[]).includes(text);
}

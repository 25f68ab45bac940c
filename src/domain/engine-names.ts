import type { TextLanguage } from './languages.ts';

/** A name in each language of the bot. */
export type NameInLanguages = Readonly<Record<TextLanguage, string>>;

/**
 * All engines, in the order in which the picker offers them. The keys are the ids in callback data and in the database.
 * The steps of a new engine: docs/engines.md, "Adding an engine".
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

/** Returns true for the id of an engine. */
export function isEngineId(text: unknown): text is EngineId {
  return (engineIds as readonly unknown[]).includes(text);
}

/** Variable of the configuration that a worker needs to run the engine; null for LOCAL, which needs none. */
export const tokenVariables: Readonly<Record<EngineId, string | null>> = {
  local: null,
  eboo: 'EBOO_TOKEN',
  scribe: 'SCRIBE_TOKEN',
  vira: 'VIRA_TOKEN',
  openai: 'OPENAI_API_KEY',
  elevenlabs: 'ELEVENLABS_API_KEY',
};

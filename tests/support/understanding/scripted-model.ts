import { onTestFinished } from 'vitest';
import type { LanguageModel } from '../../../src/app/ports/language-model.ts';
import type { Segment } from '../../../src/domain/transcript.ts';
import { createCommonWords } from '../../../src/features/glossary/index.ts';
import type {
  RunContext,
  SavedSection,
  SectionStore,
  Source,
} from '../../../src/features/understanding/provable/contract.ts';
import { numberSegments } from '../../../src/features/understanding/provable/numbered-segments.ts';
import { createLanguageModel } from '../../../src/language-model/language-model.ts';
import {
  type ChatCall,
  type LanguageModelServer,
  serverKey,
  serverModel,
  startLanguageModelServer,
} from '../language-model-server.ts';

const commonWords = createCommonWords();

/** A place for outcomes of calls, as a database keeps them. */
export type SavedCalls = SectionStore & { readonly saved: Map<string, SavedSection> };

export function createSavedCalls(): SavedCalls {
  const saved = new Map<string, SavedSection>();
  return {
    saved,
    load: async (key) => saved.get(key) ?? null,
    save: async (key, outcome) => void saved.set(key, structuredClone(outcome)),
  };
}

/** Starts a model that replies as the test says; it ends with the test. */
export async function startScriptedModel(
  reply: (call: ChatCall) => unknown,
  { contextTokens = 8_000, maxParallelCalls = 2 }: { contextTokens?: number; maxParallelCalls?: number } = {},
): Promise<{ server: LanguageModelServer; model: LanguageModel; context: RunContext }> {
  const server = await startLanguageModelServer(reply);
  onTestFinished(() => server.close());
  const model = createLanguageModel({
    baseUrl: server.baseUrl,
    apiKey: serverKey,
    authScheme: null,
    modelName: serverModel,
    contextTokens,
    thinkingTokens: 0,
    maxParallelCalls,
    timeoutMs: 20_000,
    price: { perMillionIn: 1, perMillionOut: 2, currency: 'USD' },
    keeps: 'unknown',
  });
  onTestFinished(() => model.close());
  const { signal } = new AbortController();
  return { server, model, context: { model, commonWords, sections: createSavedCalls(), signal } };
}

/** Returns a source whose segments last five seconds each. */
export function sourceOf(
  texts: readonly string[],
  language: string,
  speakers: readonly string[] = [],
): Source {
  const segments = texts.map(
    (text, at): Segment => ({
      start: at * 5,
      end: at * 5 + 5,
      text,
      words: [],
      averageLogProbability: null,
      noSpeechProbability: null,
      compressionRatio: null,
      ...(speakers[at] === undefined ? {} : { speaker: speakers[at] }),
    }),
  );
  return { language, segments: numberSegments({ segments }) };
}

/** Returns a true statement about a line: its own words. */
export function statementOf(number: number, text: string) {
  return { text, quote: text, segments: [number], names: [] };
}

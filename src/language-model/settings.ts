import type { LanguageModelPrice } from '../app/ports/language-model.ts';
import type { EngineProfile } from '../domain/engine.ts';

/** Configuration of a language model behind an OpenAI-compatible server. */
export type LanguageModelSettings = {
  /** Without a trailing slash. Its path may hold a key, so that it must not appear in any message. */
  readonly baseUrl: string;
  /** Null: the server needs none. Must not appear in any message. */
  readonly apiKey: string | null;
  /** Scheme of the Authorization header; null: the usual one of the server. */
  readonly authScheme: 'Bearer' | 'apikey' | null;
  readonly modelName: string;
  readonly contextTokens: number;
  /** Output tokens that the model spends on thinking before it writes, at most. */
  readonly thinkingTokens: number;
  readonly maxParallelCalls: number;
  /** Timeout of one call, in ms. */
  readonly timeoutMs: number;
  readonly price: LanguageModelPrice | null;
  /** What the operator says of texts that remain there. */
  readonly keeps: EngineProfile['privacy']['keeps'];
};

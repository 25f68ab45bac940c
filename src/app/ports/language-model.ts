import type { z } from 'zod';
import type { Cost, EngineProfile } from '../../domain/engine.ts';

/** Price of a language model per million tokens. */
export type LanguageModelPrice = {
  readonly perMillionIn: number;
  readonly perMillionOut: number;
  readonly currency: Cost['currency'];
};

/** Properties of a language model that are known before any call. */
export type LanguageModelProfile = {
  /** Name of the model, as its server calls it. */
  readonly modelName: string;
  /** Maximum tokens of one call, input and output together. */
  readonly contextTokens: number;
  /** Output tokens that a call may spend on thinking, beside those that are asked for. */
  readonly thinkingTokens: number;
  readonly maxParallelCalls: number;
  /** Null: free, or unknown. */
  readonly price: LanguageModelPrice | null;
  /** Where the text goes and what remains there; the destination is null when the text stays on this machine. */
  readonly privacy: EngineProfile['privacy'];
};

/** Tokens of calls, as the server counted them. */
export type TokenUsage = { readonly inputTokens: number; readonly outputTokens: number };

export const noUsage: TokenUsage = { inputTokens: 0, outputTokens: 0 };

/** Adds the tokens of two calls. */
export function addUsage(one: TokenUsage, other: TokenUsage): TokenUsage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
  };
}

export type CompletionRequest<Value> = {
  /** What to do, as the system's message. Never holds text of a transcript. */
  readonly instructions: string;
  /** What to do it with, as a message of its own. */
  readonly data: string;
  /** Form of the value. All fields are required; a missing one is null. */
  readonly schema: z.ZodType<Value>;
  readonly maxOutputTokens: number;
};

/** A value that fits the schema, and the tokens of all calls that it took. */
export type Completion<Value> = { readonly value: Value; readonly usage: TokenUsage };

/** A language model: text in, JSON of a known form out. It has no tools and no memory. */
export type LanguageModel = {
  readonly profile: LanguageModelProfile;
  /**
   * Returns a value that fits the schema. A reply that does not fit is repaired once, with a second call.
   * @throws LanguageModelError, or the signal's reason
   */
  complete<Value>(request: CompletionRequest<Value>, signal: AbortSignal): Promise<Completion<Value>>;
  /**
   * Checks the address, the key and the model without a cost.
   * @throws LanguageModelError, or the signal's reason
   */
  probe(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/**
 * Failures of a call, and whether a later attempt can succeed. `cut_off`: the reply reached `maxOutputTokens`.
 * `too_long`: the text is larger than the context. For both, a shorter section helps.
 */
export const languageModelFailures = {
  unauthorized: { retryable: false },
  out_of_credit: { retryable: false },
  /** The address or the model does not exist. */
  not_found: { retryable: false },
  rate_limited: { retryable: true },
  unavailable: { retryable: true },
  timed_out: { retryable: true },
  /** The server refuses the request's form. */
  rejected: { retryable: false },
  /** The model, or a filter in front of it, refuses the text. */
  refused: { retryable: false },
  cut_off: { retryable: false },
  too_long: { retryable: false },
  /** No JSON, or JSON that does not fit the schema after the repair. */
  response_unknown: { retryable: false },
} as const;

export type LanguageModelFailure = keyof typeof languageModelFailures;

/** A failed call. The message is for the log: one line, without a secret and without text of a transcript. */
export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';
  readonly kind: LanguageModelFailure;
  readonly retryable: boolean;
  /** Delay that the server asked for, in ms; null when it did not ask for one. */
  readonly retryAfterMs: number | null;
  /** Tokens that the call cost although it failed. */
  readonly usage: TokenUsage;

  constructor(
    kind: LanguageModelFailure,
    message: string,
    options: { readonly retryAfterMs?: number | null; readonly usage?: TokenUsage } = {},
  ) {
    super(message);
    this.kind = kind;
    this.retryable = languageModelFailures[kind].retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.usage = options.usage ?? noUsage;
  }
}

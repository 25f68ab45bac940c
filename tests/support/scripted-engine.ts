import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AudioPart,
  Engine,
  EngineProfile,
  EngineReadiness,
  PartTranscript,
  TranscribeHooks,
  TranscribeOptions,
} from '../../src/domain/engine.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { timedWords } from '../../src/domain/timed-words.ts';
import type { Word } from '../../src/domain/transcript.ts';
import { localProfile } from '../../src/engines/local/profile.ts';

/** What the engine does with one file. */
export type Script = {
  /** One segment each, a second apart. */
  readonly says?: readonly string[];
  /** How sure it is of a word: 0 to 1. Every word has its time then; of those that are not named it is sure. */
  readonly unsure?: Readonly<Record<string, number>>;
  /** Instead of a transcript. */
  readonly fails?: DabirError;
  /** Fractions that it reports first. */
  readonly progress?: readonly number[];
  /** What language it takes the speech for, whatever it was given. */
  readonly detects?: { readonly language: string; readonly probability: number };
  /** It waits for `release()` before it ends. */
  readonly holds?: boolean;
  /** It reports progress although it has ended already. */
  readonly chatters?: boolean;
};

/** A file that the engine was given. */
export type Taken = {
  readonly language: string | null;
  readonly durationSeconds: number;
  readonly hotwords: readonly string[];
  readonly signal: AbortSignal;
};

/** An engine in the place of LOCAL that does as it is told; untold, it hears "سلام دنیا". */
export class ScriptedEngine implements Engine {
  readonly profile;
  /** Every file it was given, oldest first. */
  readonly taken: Taken[] = [];
  #readiness: EngineReadiness = { state: 'ready' };
  #scripts: Script[] = [];
  #holding = Promise.withResolvers<void>();
  #changed = Promise.withResolvers<void>();

  /** @param can what it can do otherwise than LOCAL */
  constructor(can: Partial<EngineProfile['can']> = {}) {
    this.profile = { ...localProfile, slowestPace: 1, can: { ...localProfile.can, ...can } };
  }

  /** What to do with the files that come next. */
  next(...scripts: Script[]): void {
    this.#scripts.push(...scripts);
  }

  /** Lets go whatever is held now. */
  release(): void {
    this.#holding.resolve();
    this.#holding = Promise.withResolvers();
  }

  becomes(readiness: EngineReadiness): void {
    this.#readiness = readiness;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  prepare(): void {}

  readiness(): EngineReadiness {
    return this.#readiness;
  }

  async whenReady(signal: AbortSignal): Promise<void> {
    while (this.#readiness.state === 'preparing') await orAborted(this.#changed.promise, signal);
    if (this.#readiness.state === 'unavailable') {
      throw new DabirError('engine_unavailable', this.#readiness.reason);
    }
  }

  async transcribe(
    { durationSeconds }: AudioPart,
    { language, hotwords }: TranscribeOptions,
    { signal, onProgress }: TranscribeHooks,
  ): Promise<PartTranscript> {
    this.taken.push({ language, durationSeconds, hotwords, signal });
    const script = this.#scripts.shift() ?? {};
    for (const fraction of script.progress ?? []) {
      onProgress(fraction);
      await sleep(50);
    }
    if (script.holds) await orAborted(this.#holding.promise, signal);
    if (script.chatters) setTimeout(() => onProgress(0.9), 100);
    if (script.fails) throw script.fails;
    const heard = transcript(script.says ?? ['سلام دنیا'], language, script.unsure);
    return { ...heard, ...(script.detects && { detected: script.detects }) };
  }

  async close(): Promise<void> {}
}

function transcript(
  texts: readonly string[],
  language: string | null,
  unsure?: Script['unsure'],
): PartTranscript {
  const segments = texts.map((text, index) => ({
    start: index,
    end: index + 1,
    text,
    words: unsure === undefined ? [] : surely(text, index, unsure),
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  }));
  return { language: language ?? 'fa', languageProbability: null, segments, cost: null };
}

/** Words that share a second. */
function surely(text: string, start: number, unsure: Readonly<Record<string, number>>): Word[] {
  return timedWords(text, { start, end: start + 1, words: [] }).map((word) => ({
    ...word,
    probability: unsure[word.text] ?? 0.95,
  }));
}

async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

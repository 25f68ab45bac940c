import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AudioChunk,
  ChunkTranscript,
  Engine,
  EngineProfile,
  EngineReadiness,
  TranscribeHooks,
  TranscribeOptions,
} from '../../src/domain/engine.ts';
import { type EngineId, engineNames } from '../../src/domain/engine-names.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { timedWords } from '../../src/domain/timed-words.ts';
import type { Word } from '../../src/domain/transcript.ts';
import { localProfile } from '../../src/engines/local/profile.ts';

/** What the engine does with one file. */
export type Script = {
  /** Texts of the segments, a second each. */
  readonly says?: readonly string[];
  /** The label of the speaker of each segment, as engines give it. */
  readonly speakers?: readonly string[];
  /** Confidence of words, from 0 to 1. Every word then has its time; other words have a high confidence. */
  readonly lowConfidence?: Readonly<Record<string, number>>;
  /** The error in place of a transcript. */
  readonly fails?: Error;
  /** Fractions that it reports first. */
  readonly progress?: readonly number[];
  /** What it has recognised at each of these fractions. */
  readonly texts?: readonly string[];
  /** The language that it detects, regardless of the audio. */
  readonly detects?: { readonly language: string; readonly probability: number };
  /** Waits for `release()` before it ends. */
  readonly holds?: boolean;
  /** Reports progress although it has ended already. */
  readonly chatters?: boolean;
};

/** A file that the engine was given. */
export type Taken = {
  readonly language: string | null;
  readonly durationSeconds: number;
  readonly hotwords: readonly string[];
  readonly signal: AbortSignal;
};

/** An engine in place of LOCAL that follows scripts; without one it returns "سلام دنیا". */
export class ScriptedEngine implements Engine {
  readonly profile: EngineProfile;
  /** Every file that it was given, oldest first. */
  readonly taken: Taken[] = [];
  #readiness: EngineReadiness = { state: 'ready' };
  #scripts: Script[] = [];
  #holding = Promise.withResolvers<void>();
  #changed = Promise.withResolvers<void>();

  /**
   * @param can capabilities that differ from LOCAL's
   * @param id another engine than LOCAL, which keeps the audio on this machine too
   */
  constructor(can: Partial<EngineProfile['can']> = {}, id: EngineId = 'local') {
    this.profile = {
      ...localProfile,
      id,
      name: engineNames[id],
      maxRealTimeFactor: 1,
      can: { ...localProfile.can, ...can },
    };
  }

  /** Sets the scripts for the files that come next. */
  next(...scripts: Script[]): void {
    this.#scripts.push(...scripts);
  }

  /** Forgets the scripts that no file has used, and releases the files that are held. */
  reset(): void {
    this.#scripts = [];
    this.release();
  }

  /** Releases the files that are held now. */
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
    { durationSeconds }: AudioChunk,
    { language, hotwords }: TranscribeOptions,
    { signal, onProgress, onText }: TranscribeHooks,
  ): Promise<ChunkTranscript> {
    this.taken.push({ language, durationSeconds, hotwords, signal });
    const script = this.#scripts.shift() ?? {};
    for (const [index, fraction] of (script.progress ?? []).entries()) {
      const text = script.texts?.[index];
      if (text !== undefined) onText?.(text);
      onProgress(fraction);
      await sleep(50);
    }
    if (script.holds) await orAborted(this.#holding.promise, signal);
    if (script.chatters) setTimeout(() => onProgress(0.9), 100);
    if (script.fails) throw script.fails;
    const answer = transcript(script.says ?? ['سلام دنیا'], language, script);
    return { ...answer, ...(script.detects && { detected: script.detects }) };
  }

  async close(): Promise<void> {}
}

function transcript(
  texts: readonly string[],
  language: string | null,
  { lowConfidence, speakers }: Script,
): ChunkTranscript {
  const segments = texts.map((text, index) => ({
    start: index,
    end: index + 1,
    text,
    words: lowConfidence === undefined ? [] : surely(text, index, lowConfidence),
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
    ...(speakers?.[index] !== undefined && { speaker: speakers[index] }),
  }));
  return { language: language ?? 'fa', languageProbability: null, segments, cost: null };
}

/** Returns words that share a second. */
function surely(text: string, start: number, lowConfidence: Readonly<Record<string, number>>): Word[] {
  return timedWords(text, { start, end: start + 1, words: [] }).map((word) => ({
    ...word,
    probability: lowConfidence[word.text] ?? 0.95,
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

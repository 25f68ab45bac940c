import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { DecodedAudio, TranscribeHooks, TranscribeOptions } from '../../domain/engine.ts';
import type { EngineModel } from '../../domain/engine-model.ts';
import { DabirError } from '../../domain/errors.ts';
import { maxLiveLength } from '../../domain/live-text.ts';
import type { Transcript } from '../../domain/transcript.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { forEachLine } from './lines.ts';
import { formatJob, parseEvent, type TranscriberEvent } from './protocol.ts';
import { SegmentCollector } from './segment-collector.ts';

/** How the child process is started. */
export type TranscriberSettings = {
  /**
   * A Python with the engine's packages, with transcriber.py as its first parameter (tests set another program).
   */
  readonly command: string;
  readonly parameters: readonly string[];
  /** For the log. */
  readonly model: string;
  /** The languages' own models, for the log. */
  readonly ownModels?: readonly string[];
  /** All models of this machine, for admins. */
  readonly models?: readonly EngineModel[];
  readonly device: 'cpu' | 'cuda';
  /** A child that sends nothing for this time hangs, in ms; a 30 s window of audio never takes that long. */
  readonly silenceMs?: number;
};

const defaultSilenceMs = 15 * 60_000;
/** Maximum characters of the child's error output that are kept for the log. */
const keptWords = 2_000;
/** Maximum characters of a line. A segment is at most 30 s of speech: some kB with all its words. */
const maxLineLength = 4_000_000;
const killGraceMs = 1_000;

/**
 * One transcriber process. It takes one chunk at a time. A failure other than its own error event ends it, and
 * the engine starts another. It ends by itself if this process dies.
 */
export class TranscriberProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<void>;
  readonly #silenceMs: number;
  #words = '';
  #state: 'running' | 'ending' | 'ended' = 'running';
  #jobs = 0;
  #listener: ((event: TranscriberEvent | DabirError) => void) | undefined;
  /** Resolves when the model is loaded; rejects with `engine_failed`. */
  readonly ready: Promise<void>;

  constructor({ command, parameters, silenceMs }: TranscriberSettings) {
    this.#silenceMs = silenceMs ?? defaultSilenceMs;
    this.#child = spawn(command, parameters, { stdio: 'pipe', windowsHide: true });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.#words = (this.#words + chunk).slice(-keptWords);
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#end(error.message, resolve));
      this.#child.once('close', (code, signal) => this.#end(signal ?? `exit code ${code}`, resolve));
    });
    forEachLine(this.#child.stdout, maxLineLength, (line) => this.#take(line));
    this.ready = this.#exchange(new AbortController().signal, (event, done) => {
      if (event.type === 'ready') done();
    });
    // Callers that wait for it get the error; without one, it must not be an unhandled rejection.
    this.ready.catch(() => undefined);
  }

  /** True while it accepts chunks. */
  get isUsable(): boolean {
    return this.#state === 'running';
  }

  /**
   * Transcribes one chunk; only after `ready`, and one at a time. An abort ends the child at once.
   * @param careful uses settings that prevent repetition loops
   * @returns the transcript, and whether words have no times because the model could not align them
   * @throws DabirError, or the signal's reason
   */
  async transcribe(
    audio: DecodedAudio,
    options: TranscribeOptions,
    hooks: Pick<TranscribeHooks, 'signal' | 'onProgress' | 'onText'>,
    careful = false,
  ): Promise<{ transcript: Transcript; hasLostTimes: boolean }> {
    hooks.signal.throwIfAborted();
    this.#jobs += 1;
    const id = this.#jobs;
    const collector = new SegmentCollector();
    let language: string | null = null;
    let languageProbability: number | null = null;
    let detected: Transcript['detected'];
    let hasLostTimes = false;
    let text = '';
    const finished = this.#exchange(hooks.signal, (event, done) => {
      if (!('id' in event) || event.id !== id) return;
      if (event.type === 'segment') {
        collector.add(event);
        text = `${text} ${event.text.trim()}`.slice(-2 * maxLiveLength);
        hooks.onText?.(text);
        if (audio.durationSeconds > 0) hooks.onProgress(Math.min(1, event.end / audio.durationSeconds));
      } else if (event.type === 'done') {
        language = event.language;
        languageProbability = event.language_probability;
        detected = event.detected ?? undefined;
        hasLostTimes = event.lost_times ?? false;
        done();
      } else {
        throw new DabirError(event.code === 'rejected' ? 'engine_rejected' : 'engine_failed', event.message);
      }
    });
    const hotwords = options.hotwords.length > 0 ? options.hotwords.join(', ') : null;
    const job = {
      id,
      path: audio.path,
      language: options.language,
      checks_language: options.checksLanguage ?? false,
      is_guessed: options.isLanguageGuessed ?? false,
      hotwords,
      careful,
    };
    this.#child.stdin.write(formatJob(job));
    await finished;
    const segments = collector.segments();
    const transcript = { language, languageProbability, segments, ...(detected && { detected }) };
    return { transcript, hasLostTimes };
  }

  /** Closes the child's input, and kills it if it does not end within a second. Resolves when it has ended. */
  async close(): Promise<void> {
    if (this.#state === 'running') {
      this.#state = 'ending';
      this.#child.stdin.end();
      await waitAtMost(killGraceMs, this.#ended);
      this.#child.kill('SIGKILL');
    }
    await this.#ended;
  }

  /**
   * Listens until `take` calls `done`; the child's end, a timeout, an invalid line or an abort fail the exchange.
   */
  #exchange(signal: AbortSignal, take: (event: TranscriberEvent, done: () => void) => void): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#listener = undefined;
        finish();
      };
      const fail = (error: unknown) => settle(() => reject(error));
      const failAndEnd = (error: unknown) => {
        fail(error);
        void this.close();
      };
      const onAbort = () => failAndEnd(signal.reason);
      const timer = setTimeout(() => {
        failAndEnd(
          new DabirError('engine_failed', `the LOCAL engine said nothing for ${this.#silenceMs} ms`),
        );
      }, this.#silenceMs).unref();
      this.#listener = (event) => {
        timer.refresh();
        if (event instanceof DabirError) return failAndEnd(event);
        try {
          take(event, () => settle(resolve));
        } catch (error) {
          // After its own error event the child is usable; after any other error it may still be working.
          if (event.type === 'error') fail(error);
          else failAndEnd(error);
        }
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (!this.isUsable) fail(this.#endError('before the request'));
    });
  }

  #take(line: string): void {
    try {
      this.#listener?.(parseEvent(line));
    } catch (error) {
      this.#listener?.(error as DabirError);
    }
  }

  #end(how: string, resolve: () => void): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#listener?.(this.#endError(how));
    resolve();
  }

  #endError(how: string): DabirError {
    return new DabirError(
      'engine_failed',
      `the LOCAL engine's process ended (${how}): ${this.#words.trim()}`,
    );
  }
}

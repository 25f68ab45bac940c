import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DecodedAudio, TranscribeHooks, TranscribeOptions } from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import type { Segment, Transcript } from '../../domain/transcript.ts';
import { eachLine } from './lines.ts';
import { formatJob, parseEvent, type TranscriberEvent, toSegment } from './protocol.ts';

/** How the child is started. */
export type TranscriberSettings = {
  /** A Python with the engine's packages, and transcriber.py as its first parameter (tests put another program here). */
  readonly command: string;
  readonly parameters: readonly string[];
  /** What it runs, for the log. */
  readonly model: string;
  readonly device: 'cpu' | 'cuda';
  /** A child that says nothing for so long is hung, in milliseconds: a 30 s window of audio is never so slow. */
  readonly silenceMs?: number;
};

const defaultSilenceMs = 15 * 60_000;
/** The child's last words that are kept for the log, in characters. */
const keptWords = 2_000;
/** A segment is at most 30 s of speech: some kilobytes with all its words. */
const longestLine = 4_000_000;
const killGraceMs = 1_000;

/**
 * One transcriber child. It takes one file at a time; whatever goes wrong with it ends it, and the engine starts
 * another. It ends by itself when this process dies.
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
    eachLine(this.#child.stdout, longestLine, (line) => this.#take(line));
    this.ready = this.#exchange(new AbortController().signal, (event, done) => {
      if (event.type === 'ready') done();
    });
    // Whoever waits for it hears of a failure; nobody waiting is no crash.
    this.ready.catch(() => undefined);
  }

  /** True while it can take files. */
  get isUsable(): boolean {
    return this.#state === 'running';
  }

  /**
   * Transcribes one file; only after `ready`, and one at a time. Rejects with a DabirError or the signal's reason; an
   * abort ends the child, at once.
   * @param careful with settings that keep the model from going round in loops
   */
  async transcribe(
    audio: DecodedAudio,
    options: TranscribeOptions,
    hooks: Pick<TranscribeHooks, 'signal' | 'onProgress'>,
    careful = false,
  ): Promise<Transcript> {
    hooks.signal.throwIfAborted();
    this.#jobs += 1;
    const id = this.#jobs;
    const segments: Segment[] = [];
    let language: string | null = null;
    let languageProbability: number | null = null;
    let detected: Transcript['detected'];
    const finished = this.#exchange(hooks.signal, (event, done) => {
      if (!('id' in event) || event.id !== id) return;
      if (event.type === 'segment') {
        segments.push(toSegment(event));
        if (audio.durationSeconds > 0) hooks.onProgress(Math.min(1, event.end / audio.durationSeconds));
      } else if (event.type === 'done') {
        language = event.language;
        languageProbability = event.language_probability;
        detected = event.detected ?? undefined;
        done();
      } else {
        throw new DabirError(event.code === 'rejected' ? 'engine_rejected' : 'engine_failed', event.message);
      }
    });
    const hotwords = options.hotwords.length > 0 ? options.hotwords.join(', ') : null;
    const { language: given, checksLanguage = false } = options;
    const job = { id, path: audio.path, language: given, checks_language: checksLanguage, hotwords, careful };
    this.#child.stdin.write(formatJob(job));
    await finished;
    return { language, languageProbability, segments, ...(detected && { detected }) };
  }

  /** Ends it: by closing its input, and by force when that does not help. Resolves when it has gone. */
  async close(): Promise<void> {
    if (this.#state === 'running') {
      this.#state = 'ending';
      this.#child.stdin.end();
      await Promise.race([this.#ended, sleep(killGraceMs, undefined, { ref: false })]);
      this.#child.kill('SIGKILL');
    }
    await this.#ended;
  }

  /** Listens to the child until `take` says done; its end, its silence, nonsense or an abort end the exchange. */
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
          // Its own error leaves the child as good as before; with another one it may still be at work.
          if (event.type === 'error') fail(error);
          else failAndEnd(error);
        }
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (!this.isUsable) fail(this.#endError('before it was asked'));
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

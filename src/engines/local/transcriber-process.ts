import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DecodedAudio, TranscribeHooks, TranscribeOptions } from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import type { Segment, Transcript } from '../../domain/transcript.ts';
import { parseEvent, type TranscriberEvent, toSegment } from './protocol.ts';

/** How the child is started. */
export type TranscriberSettings = {
  readonly python: string;
  readonly model: string;
  readonly device: 'cpu' | 'cuda';
  readonly computeType: string;
  readonly threads: number;
  /** The Python side; replaced in tests. */
  readonly script?: string;
  /** A child that says nothing for so long is hung, in milliseconds: a 30 s window of audio is never so slow. */
  readonly silenceMs?: number;
};

const transcriberScript = fileURLToPath(new URL('transcriber.py', import.meta.url));
const defaultSilenceMs = 15 * 60_000;
/** The child's last words that are kept for the log, in characters. */
const keptWords = 2_000;
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
  #hasEnded = false;
  #jobs = 0;
  #listener: ((event: TranscriberEvent | DabirError) => void) | undefined;
  /** Resolves when the model is loaded; rejects with `engine_failed`. */
  readonly ready: Promise<void>;

  constructor(settings: TranscriberSettings) {
    this.#silenceMs = settings.silenceMs ?? defaultSilenceMs;
    this.#child = spawn(
      settings.python,
      [
        ...['-X', 'utf8', settings.script ?? transcriberScript],
        ...['--model', settings.model, '--device', settings.device],
        ...['--compute-type', settings.computeType, '--threads', String(settings.threads)],
      ],
      { stdio: 'pipe', windowsHide: true },
    );
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.#words = (this.#words + chunk).slice(-keptWords);
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#end(error.message, resolve));
      this.#child.once('close', (code, signal) => this.#end(signal ?? `exit code ${code}`, resolve));
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    this.ready = this.#exchange(new AbortController().signal, (event, done) => {
      if (event.type === 'ready') done();
    });
    // Whoever waits for it hears of a failure; nobody waiting is no crash.
    this.ready.catch(() => undefined);
  }

  /** True when it can take no more files. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Transcribes one file. Rejects with a DabirError or the signal's reason; an abort ends the child. */
  async transcribe(
    audio: DecodedAudio,
    options: TranscribeOptions,
    hooks: TranscribeHooks,
  ): Promise<Transcript> {
    this.#jobs += 1;
    const id = this.#jobs;
    const segments: Segment[] = [];
    let language: string | null = null;
    let languageProbability: number | null = null;
    const finished = this.#exchange(hooks.signal, (event, done) => {
      if (!('id' in event) || event.id !== id) return;
      if (event.type === 'segment') {
        segments.push(toSegment(event));
        if (audio.durationSeconds > 0) hooks.onProgress(Math.min(1, event.end / audio.durationSeconds));
      } else if (event.type === 'done') {
        language = event.language;
        languageProbability = event.language_probability;
        done();
      } else {
        throw new DabirError(event.code === 'rejected' ? 'engine_rejected' : 'engine_failed', event.message);
      }
    });
    const hotwords = options.hotwords.length > 0 ? options.hotwords.join(', ') : null;
    this.#child.stdin.write(
      `${JSON.stringify({ id, path: audio.path, language: options.language, hotwords })}\n`,
    );
    await finished;
    return { language, languageProbability, segments };
  }

  /** Ends it: by closing its input, and by force when that does not help. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    await Promise.race([this.#ended, sleep(killGraceMs, undefined, { ref: false })]);
    if (!this.#hasEnded) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Listens to the child until `take` says done; its end, its silence, nonsense or an abort end the exchange. */
  #exchange(signal: AbortSignal, take: (event: TranscriberEvent, done: () => void) => void): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      let timer: NodeJS.Timeout;
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#listener = undefined;
        finish();
      };
      const fail = (error: unknown, endChild: boolean) => {
        settle(() => reject(error));
        if (endChild) void this.close();
      };
      const onAbort = () => fail(signal.reason, true);
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          fail(
            new DabirError('engine_failed', `the LOCAL engine said nothing for ${this.#silenceMs} ms`),
            true,
          );
        }, this.#silenceMs);
        timer.unref();
      };
      this.#listener = (event) => {
        wait();
        if (event instanceof DabirError) return fail(event, true);
        try {
          take(event, () => settle(resolve));
        } catch (error) {
          fail(error, false);
        }
      };
      if (this.#hasEnded) return this.#listener(this.#endError('it has ended before'));
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      wait();
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
    if (this.#hasEnded) return;
    this.#hasEnded = true;
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

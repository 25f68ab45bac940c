import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DabirError } from '../domain/errors.ts';
import {
  type ChildAnswer,
  type ChildJob,
  type DecodeJob,
  type DecodeResult,
  type EncodeJob,
  type Ffmpeg,
  parseChildAnswer,
} from './protocol.ts';

/** JavaScript of the child needs little; FFmpeg's memory is counted by the watchdog. Megabytes. */
const heapMegabytes = 128;
/** The end of what the child wrote to standard error is kept for the log, in characters. */
const keptErrorOutput = 2_000;
/** What the operating systems say of a process that FFmpeg crashed; on Windows an exception code. */
const crashSignals: readonly string[] = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'];
const firstWindowsException = 0xc000_0000;
/** Sent by operators and by shutting down, not by what is in a file. */
const outsideSignals: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const hasGroups = process.platform !== 'win32';

/** The process ended before it took its file, perhaps while it was idle: another may take it. */
export class NeverBegan extends DabirError {}

/** One decoding process, idle or at work on one file. It keeps nobody alive while it is idle. */
export class DecoderChild {
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  #errorOutput = '';
  #ended = false;

  /** Starts the process, without waiting for it. */
  constructor(ffmpeg: Ffmpeg) {
    const main = fileURLToPath(new URL('./child/main.ts', import.meta.url));
    this.#process = fork(main, [JSON.stringify(ffmpeg)], {
      execPath: process.execPath,
      execArgv: [`--max-old-space-size=${heapMegabytes}`, '--disable-warning=ExperimentalWarning'],
      // A process that reads strangers' files gets none of our secrets.
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
      // A group of its own, with the program that works for it: both are ended together. Windows has no groups.
      detached: hasGroups,
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-keptErrorOutput);
    });
    this.#exited = new Promise((resolve) => {
      const end = () => {
        this.#ended = true;
        // However it ended, its program ends too.
        this.#killGroup();
        resolve();
      };
      this.#process.once('exit', end);
      // Could not be started, or a message could not be sent to a process that is ending.
      this.#process.on('error', (error) => {
        this.#errorOutput += error.message;
        if (this.#process.pid === undefined) end();
      });
    });
    this.#hold(false);
  }

  /** True when the process is gone. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Decodes one file; one at a time. Rejects with the child's own DabirError, with what its end means
   * (`media_too_heavy`, `media_damaged`, `internal`), or with the signal's reason after the process was ended.
   */
  async decode(job: DecodeJob, signal: AbortSignal): Promise<DecodeResult> {
    const answer = await this.#run({ kind: 'decode', job }, signal);
    if (answer.kind !== 'decoded') throw nonsense();
    return answer.result;
  }

  /** Encodes one part of our own WAV file; rejects as `decode` does. */
  async encode(job: EncodeJob, signal: AbortSignal): Promise<void> {
    const answer = await this.#run({ kind: 'encode', job }, signal);
    if (answer.kind !== 'encoded') throw nonsense();
  }

  /** Ends the process and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#ended) return;
    this.#hold(true);
    this.#kill();
    await this.#exited;
  }

  async #run(job: ChildJob, signal: AbortSignal): Promise<ChildAnswer> {
    this.#hold(true);
    const kill = () => this.#kill();
    signal.addEventListener('abort', kill);
    try {
      if (signal.aborted) kill();
      const answer = await this.#answer(job);
      signal.throwIfAborted();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', kill);
      this.#hold(false);
    }
  }

  #answer(job: ChildJob): Promise<ChildAnswer> {
    return new Promise((resolve, reject) => {
      let started = false;
      const listen = (message: unknown) => {
        const answer = parseChildAnswer(message);
        if (answer === undefined) {
          done();
          reject(nonsense());
        } else if (answer.kind === 'started') {
          started = true;
        } else {
          done();
          if (answer.kind !== 'failed') resolve(answer);
          else reject(new DabirError(answer.code, answer.message, { details: answer.details }));
        }
      };
      const done = () => this.#process.off('message', listen);
      this.#process.on('message', listen);
      void this.#exited.then(() => {
        done();
        reject(this.#meaningOfEnd(started));
      });
      if (this.#process.connected) this.#process.send(job);
    });
  }

  /** Why a process ended without an answer. */
  #meaningOfEnd(started: boolean): DabirError {
    const { exitCode, signalCode } = this.#process;
    const words = `the decoder ended with ${signalCode ?? exitCode ?? 'no process'}: ${this.#errorOutput}`;
    if (!started) return new NeverBegan('internal', words);
    if (signalCode !== null && outsideSignals.includes(signalCode)) return new DabirError('internal', words);
    const crashed =
      signalCode === null ? (exitCode ?? 0) >= firstWindowsException : crashSignals.includes(signalCode);
    return new DabirError(crashed ? 'media_damaged' : 'media_too_heavy', words);
  }

  #kill(): void {
    this.#killGroup();
    this.#process.kill('SIGKILL');
  }

  #killGroup(): void {
    if (!hasGroups || this.#process.pid === undefined) return;
    try {
      process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  }

  /** Whether this process keeps ours alive. */
  #hold(held: boolean): void {
    const method = held ? 'ref' : 'unref';
    this.#process[method]();
    this.#process.channel?.[method]();
    (this.#process.stderr as Socket | null)?.[method]();
  }
}

function nonsense(): DabirError {
  return new DabirError('internal', 'the decoder gave an answer that is none');
}

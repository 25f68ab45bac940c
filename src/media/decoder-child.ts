import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DabirError } from '../domain/errors.ts';
import {
  type ChildJob,
  type ChildResponse,
  type DecodeJob,
  type DecodeResult,
  type EncodeJob,
  type Ffmpeg,
  parseChildResponse,
} from './protocol.ts';

/** Heap limit of the child's JavaScript, in MB; the watchdog counts FFmpeg's memory. */
const heapMegabytes = 128;
/** Maximum characters of the child's standard error that are kept for the log. */
const keptErrorOutput = 2_000;
/** Signals of a crash in FFmpeg; on Windows the exit code is an exception code. */
const crashSignals: readonly string[] = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'];
const firstWindowsException = 0xc000_0000;
/** Signals from operators or a shutdown, not caused by a file. */
const outsideSignals: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const hasGroups = process.platform !== 'win32';

/** The process ended before it took its file, perhaps while idle; another process may take it. */
export class NeverBeganError extends DabirError {}

/** One decoding process, idle or busy with one file. While idle it does not keep the parent alive. */
export class DecoderChild {
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  #errorOutput = '';
  #ended = false;

  /** Starts the process without waiting for it. */
  constructor(ffmpeg: Ffmpeg) {
    const main = fileURLToPath(new URL('./child/main.ts', import.meta.url));
    this.#process = fork(main, [JSON.stringify(ffmpeg)], {
      execPath: process.execPath,
      execArgv: [
        `--max-old-space-size=${heapMegabytes}`,
        '--max-semi-space-size=1',
        '--disable-warning=ExperimentalWarning',
      ],
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
      // A process group of its own, so that the process and its program are killed together. Windows has no groups.
      detached: hasGroups,
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-keptErrorOutput);
    });
    this.#exited = new Promise((resolve) => {
      const end = () => {
        this.#ended = true;
        // The program must end with its process in every case.
        this.#killGroup();
        resolve();
      };
      this.#process.once('exit', end);
      // The process did not start, or a message could not be sent because it is ending.
      this.#process.on('error', (error) => {
        this.#errorOutput += error.message;
        if (this.#process.pid === undefined) end();
      });
    });
    this.#hold(false);
  }

  /** True after the process has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Decodes one file; one at a time. Rejects with the child's DabirError, with the meaning of its end
   * (`media_too_heavy`, `media_damaged`, `internal`), or, after the process was killed, with the signal's reason.
   */
  async decode(job: DecodeJob, signal: AbortSignal): Promise<DecodeResult> {
    const response = await this.#run({ kind: 'decode', job }, signal);
    if (response.kind !== 'decoded') throw nonsense();
    return response.result;
  }

  /** Encodes one chunk of a WAV file that Dabir wrote; rejects like `decode`. */
  async encode(job: EncodeJob, signal: AbortSignal): Promise<void> {
    const response = await this.#run({ kind: 'encode', job }, signal);
    if (response.kind !== 'encoded') throw nonsense();
  }

  /** Kills the process and waits for its end. */
  async kill(): Promise<void> {
    if (this.#ended) return;
    this.#hold(true);
    this.#kill();
    await this.#exited;
  }

  async #run(job: ChildJob, signal: AbortSignal): Promise<ChildResponse> {
    this.#hold(true);
    const kill = () => this.#kill();
    signal.addEventListener('abort', kill);
    try {
      if (signal.aborted) kill();
      const response = await this.#waitForResponse(job);
      signal.throwIfAborted();
      return response;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', kill);
      this.#hold(false);
    }
  }

  #waitForResponse(job: ChildJob): Promise<ChildResponse> {
    return new Promise((resolve, reject) => {
      let started = false;
      const listen = (message: unknown) => {
        const response = parseChildResponse(message);
        if (response === undefined) {
          done();
          reject(nonsense());
        } else if (response.kind === 'started') {
          started = true;
        } else {
          done();
          if (response.kind !== 'failed') resolve(response);
          else reject(new DabirError(response.code, response.message, { details: response.details }));
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

  /** Returns the error for a process that ended without a response. */
  #meaningOfEnd(started: boolean): DabirError {
    const { exitCode, signalCode } = this.#process;
    const words = `the decoder ended with ${signalCode ?? exitCode ?? 'no process'}: ${this.#errorOutput}`;
    if (!started) return new NeverBeganError('internal', words);
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
      // The group has no process left.
    }
  }

  /** Sets whether this process keeps the parent alive. */
  #hold(held: boolean): void {
    const method = held ? 'ref' : 'unref';
    this.#process[method]();
    this.#process.channel?.[method]();
    (this.#process.stderr as Socket | null)?.[method]();
  }
}

/**
 * Returns the environment of the process. A process that reads untrusted files gets no secrets; the folder of
 * compiled code is none, and with it a start takes 0.1 s of a core instead of 0.27 s.
 */
function environment(): Record<string, string> {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

function nonsense(): DabirError {
  return new DabirError('internal', 'the decoder sent an invalid response');
}

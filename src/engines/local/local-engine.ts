import type { Logger } from 'pino';
import type { Engine, EngineReadiness } from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import { provision } from './provision.ts';
import { TranscriberProcess, type TranscriberSettings } from './transcriber-process.ts';

export type LocalEngineConfig = {
  /** Everything of the engine is below `<dataDir>/local`. */
  readonly dataDir: string;
  /** LOCAL_PYTHON: a command; null looks for one. */
  readonly python: string | null;
  /** LOCAL_MODEL: a model's name or a folder; null decides by the machine. */
  readonly model: string | null;
  /** LOCAL_COMPUTE_TYPE; null decides by the device. */
  readonly computeType: string | null;
  /** LOCAL_THREADS; null means all cores. */
  readonly threads: number | null;
  /** HF_ENDPOINT; null means the hub itself. */
  readonly huggingFaceEndpoint: string | null;
};

/** After a set-up that failed for a reason that may pass (the network), doubling, in milliseconds. */
const firstRetryMs = 10_000;
const longestRetryMs = 10 * 60_000;

/** Whisper on this machine: no account, and nothing leaves it. */
export function createLocalEngine(config: LocalEngineConfig, logger: Logger): Engine {
  return new LocalEngine(config, logger);
}

class LocalEngine implements Engine {
  readonly id = 'local';
  readonly kind = 'local';
  readonly name = 'LOCAL';
  readonly #config: LocalEngineConfig;
  readonly #logger: Logger;
  readonly #closing = new AbortController();
  #readiness: EngineReadiness = { state: 'preparing', stage: 'install', fraction: null };
  #settings: TranscriberSettings | undefined;
  #process: TranscriberProcess | undefined;
  #preparation: Promise<void> | undefined;
  #waiting: (() => void)[] = [];
  /** Files are taken one at a time: each waits for the one before it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(config: LocalEngineConfig, logger: Logger) {
    this.#config = config;
    this.#logger = logger;
  }

  prepare(): void {
    this.#preparation ??= this.#prepare();
  }

  readiness(): EngineReadiness {
    return this.#readiness;
  }

  whenReady(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.#readiness.state === 'preparing') return this.#waiting.push(look);
        signal.removeEventListener('abort', onAbort);
        if (this.#readiness.state === 'ready') return resolve();
        return reject(
          new DabirError('engine_unavailable', `LOCAL is not available: ${this.#readiness.reason}`),
        );
      };
      const onAbort = () => reject(signal.reason);
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      look();
    });
  }

  transcribe: Engine['transcribe'] = (audio, options, hooks) => {
    const run = async () => {
      hooks.signal.throwIfAborted();
      const process = await this.#transcriber();
      return process.transcribe(audio, options, hooks);
    };
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => undefined);
    return result;
  };

  async close(): Promise<void> {
    this.#closing.abort(new DabirError('engine_unavailable', 'the engine is being closed'));
    await this.#preparation;
    await this.#process?.close();
  }

  /** The running child, or a new one where the last has ended. */
  async #transcriber(): Promise<TranscriberProcess> {
    if (this.#settings === undefined) throw new DabirError('engine_unavailable', 'LOCAL is not set up');
    this.#closing.signal.throwIfAborted();
    if (this.#process === undefined || this.#process.hasEnded)
      this.#process = new TranscriberProcess(this.#settings);
    await this.#process.ready;
    return this.#process;
  }

  async #prepare(): Promise<void> {
    for (
      let retryMs = firstRetryMs;
      !this.#closing.signal.aborted;
      retryMs = Math.min(retryMs * 2, longestRetryMs)
    ) {
      try {
        this.#settings = await provision(
          this.#config,
          this.#logger,
          (stage, fraction) => this.#become({ state: 'preparing', stage, fraction }),
          this.#closing.signal,
        );
        this.#become({ state: 'preparing', stage: 'load', fraction: null });
        await this.#transcriber();
        this.#become({ state: 'ready' });
        this.#logger.info({ model: this.#settings.model, device: this.#settings.device }, 'LOCAL is ready');
        return;
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        const reason = (error as Error).message;
        this.#logger.warn({ cause: reason, retryMs }, 'LOCAL is not available');
        this.#become({ state: 'unavailable', reason });
        await pause(retryMs, this.#closing.signal);
      }
    }
  }

  #become(readiness: EngineReadiness): void {
    this.#readiness = readiness;
    if (readiness.state === 'preparing') return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

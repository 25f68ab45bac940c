import { basename } from 'node:path';
import type { Logger } from 'pino';
import type {
  AudioChunk,
  ChunkTranscript,
  Engine,
  TranscribeHooks,
  TranscribeOptions,
} from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import { flagHallucinations } from '../../domain/hallucinations.ts';
import type { Transcript } from '../../domain/transcript.ts';
import { waitOrAbort } from '../../lib/wait-or-abort.ts';
import type { LocalEngineConfig } from './configuration.ts';
import { ModelChanges } from './models/model-changes.ts';
import { Preparation } from './preparation.ts';
import { localProfile } from './profile.ts';
import { type OnProgress, provision } from './provision.ts';
import { TranscriberProcess, type TranscriberSettings } from './transcriber-process.ts';

export type { LocalEngineConfig } from './configuration.ts';

/** Parts that tests replace. */
export type LocalEngineDependencies = {
  readonly provision?: typeof provision;
  /** Delay after the first failed set-up, in ms. */
  readonly firstRetryMs?: number;
};

/**
 * Creates the LOCAL engine: Whisper and models of single languages on this machine, without an account; no data leaves
 * the machine.
 */
export function createLocalEngine(
  config: LocalEngineConfig,
  logger: Logger,
  dependencies: LocalEngineDependencies = {},
): Engine {
  return new LocalEngine(config, logger, dependencies);
}

class LocalEngine implements Engine {
  readonly profile = localProfile;
  readonly #config: LocalEngineConfig;
  readonly #logger: Logger;
  readonly #provision: typeof provision;
  readonly #preparation: Preparation;
  #settings: TranscriberSettings | undefined;
  #process: TranscriberProcess | undefined;
  #isClosed = false;
  /** Ends the child process, and with it the model's memory. */
  #idle: NodeJS.Timeout | undefined;
  readonly #changes: ModelChanges;
  /** Chains the changes of models. */
  #lastChange: Promise<unknown> = Promise.resolve();
  /** Chains the calls, because chunks are transcribed one at a time. */
  #lastCall: Promise<unknown> = Promise.resolve();

  constructor(config: LocalEngineConfig, logger: Logger, dependencies: LocalEngineDependencies) {
    this.#config = config;
    this.#logger = logger;
    this.#provision = dependencies.provision ?? provision;
    this.#changes = new ModelChanges(config, logger, {
      whisper: () => (this.#settings === undefined ? null : basename(this.#settings.model)),
      exchange: (change) => this.#exchangeModels(change),
    });
    this.#preparation = new Preparation(
      (onProgress, signal) => this.#setUp(onProgress, signal),
      logger,
      dependencies.firstRetryMs,
    );
  }

  prepare(): void {
    this.#preparation.start();
  }

  readiness: Engine['readiness'] = () => this.#preparation.readiness;

  models = () => this.#changes.shown(this.#settings?.models ?? []);

  changeModel: NonNullable<Engine['changeModel']> = (name, wish, signal) => {
    const result = this.#lastChange.then(() => this.#changes.apply(name, wish, signal));
    this.#lastChange = result.catch(() => undefined);
    return result;
  };

  whenReady: Engine['whenReady'] = (signal) => this.#preparation.whenReady(signal);

  transcribe: Engine['transcribe'] = (chunk, options, hooks) => {
    const result = this.#lastCall.then(() => {
      clearTimeout(this.#idle);
      return this.#transcribe(chunk, options, hooks);
    });
    this.#lastCall = result.catch(() => undefined).then(() => this.#startIdleTimer());
    return waitOrAbort(result, hooks.signal);
  };

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    await Promise.all([this.#preparation.close(), this.#process?.close()]);
  }

  async #transcribe(
    chunk: AudioChunk,
    options: TranscribeOptions,
    hooks: TranscribeHooks,
  ): Promise<ChunkTranscript> {
    hooks.signal.throwIfAborted();
    const settings = this.#settings;
    if (settings === undefined) throw new DabirError('engine_unavailable', 'LOCAL is not set up');
    if (!this.#process?.isUsable) {
      await this.#startProcess(settings).catch((error) => {
        // Part of the installation was removed after the set-up.
        this.#settings = undefined;
        this.#preparation.startAgain();
        throw error;
      });
    }
    if (this.#process === undefined) throw new DabirError('engine_unavailable', 'LOCAL is not set up');
    const { transcript, hasLostTimes } = await this.#process.transcribe(chunk, options, hooks);
    const loopedSeconds = loopSeconds(transcript);
    if (loopedSeconds === 0 && !hasLostTimes) return { ...transcript, cost: null };
    const { transcript: again } = await this.#process.transcribe(chunk, options, hooks, true);
    this.#logger.info(
      { loopedSeconds, again: loopSeconds(again), hasLostTimes },
      hasLostTimes
        ? 'words without times; chunk transcribed again'
        : 'transcript repeats itself; chunk transcribed again',
    );
    return { ...(hasLostTimes || loopSeconds(again) < loopedSeconds ? again : transcript), cost: null };
  }

  async #setUp(onProgress: OnProgress, signal: AbortSignal): Promise<void> {
    const settings = await this.#provision(this.#config, this.#logger, onProgress, signal);
    onProgress('load', null);
    await this.#startProcess(settings);
    this.#settings = settings;
    this.#startIdleTimer();
    const { model, ownModels, device } = settings;
    this.#logger.info({ model, ownModels, device }, 'LOCAL is ready');
  }

  /** Changes the models between two chunks. The next chunk starts a child process with those that are there then. */
  #exchangeModels(change: () => Promise<void>): Promise<void> {
    const result = this.#lastCall.then(async () => {
      const isReady = this.#settings !== undefined;
      await this.#process?.close();
      await change();
      // An engine that is not set up yet finds the models when it is.
      if (!isReady || this.#isClosed) return;
      this.#settings = await this.#provision(
        this.#config,
        this.#logger,
        () => undefined,
        this.#preparation.closing,
      );
    });
    this.#lastCall = result.catch(() => undefined);
    return result;
  }

  /** Ends the child process when no chunk comes for the idle time; the next chunk starts another. */
  #startIdleTimer(): void {
    clearTimeout(this.#idle);
    if (this.#isClosed) return;
    this.#idle = setTimeout(() => void this.#process?.close(), this.#config.idleMs).unref();
  }

  /** Starts a child process after the previous one has ended, because two models rarely fit into memory. */
  async #startProcess(settings: TranscriberSettings): Promise<void> {
    await this.#process?.close();
    if (this.#isClosed) throw new DabirError('engine_unavailable', 'LOCAL is closing');
    this.#process = new TranscriberProcess(settings);
    await this.#process.ready;
  }
}

/** Returns the total time of segments that repeat in a loop, in seconds. */
function loopSeconds({ segments }: Transcript): number {
  return flagHallucinations(segments, null)
    .filter(({ hallucination }) => hallucination === 'loop')
    .reduce((sum, { start, end }) => sum + end - start, 0);
}

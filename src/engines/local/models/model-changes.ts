import type { Logger } from 'pino';
import type { EngineModel, ModelChange } from '../../../domain/engine-model.ts';
import type { LocalEngineConfig } from '../configuration.ts';
import { ModelNotFetchedError } from '../model.ts';
import { oneLineReason } from '../one-line-reason.ts';
import { installModel } from './install-model.ts';
import type { KnownModel } from './local-model.ts';
import { removeModel } from './remove-model.ts';

/** Maximum length of a reason, in characters. */
const maxReasonLength = 300;

/** What the engine does around a change. */
export type ModelChangeHooks = {
  /** Returns the name of Whisper's model; null before the set-up. */
  whisper(): string | null;
  /** Ends the process that may have files of a model open, runs `change`, and uses the models that are there then. */
  exchange(change: () => Promise<void>): Promise<void>;
};

/** Installs and removes models on this machine, one at a time, and shows how far that is. */
export class ModelChanges {
  readonly #config: LocalEngineConfig;
  readonly #logger: Logger;
  readonly #hooks: ModelChangeHooks;
  readonly #changes = new Map<string, ModelChange>();

  readonly #known: readonly KnownModel[] | undefined;

  /** @param known the models that have a name; tests set others */
  constructor(
    config: LocalEngineConfig,
    logger: Logger,
    hooks: ModelChangeHooks,
    known?: readonly KnownModel[],
  ) {
    this.#config = config;
    this.#known = known;
    this.#logger = logger;
    this.#hooks = hooks;
  }

  /** Returns the models with what is happening to each. */
  shown(models: readonly EngineModel[]): readonly EngineModel[] {
    return models.map((model) => {
      const change = this.#changes.get(model.name);
      return change === undefined ? model : { ...model, change };
    });
  }

  /** Carries out a wish; the engine's interface says more. */
  async apply(
    name: string,
    { isWanted, agreement }: { readonly isWanted: boolean; readonly agreement: string | null },
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      if (isWanted) await this.#install(name, agreement, signal);
      else await this.#remove(name, signal);
      this.#changes.delete(name);
      this.#logger.info({ model: name }, isWanted ? 'model installed' : 'model removed');
      return true;
    } catch (error) {
      if (signal.aborted) this.#changes.delete(name);
      signal.throwIfAborted();
      const reason = oneLineReason((error as Error).message, maxReasonLength);
      const canWait = error instanceof ModelNotFetchedError;
      this.#changes.set(name, { kind: canWait ? 'waiting' : 'failed', reason });
      this.#logger.warn({ model: name, reason }, isWanted ? 'model not installed' : 'model not removed');
      return !canWait;
    }
  }

  async #install(name: string, agreement: string | null, signal: AbortSignal): Promise<void> {
    const onProgress = (_stage: unknown, fraction: number | null) =>
      this.#changes.set(name, { kind: 'installing', fraction });
    onProgress('install', null);
    if (this.#config.forbiddenModels.has(name)) throw new Error('LOCAL_FORBIDDEN_MODELS forbids it');
    await installModel(name, agreement, this.#config, this.#logger, onProgress, signal, this.#known);
    await this.#hooks.exchange(async () => undefined);
  }

  async #remove(name: string, signal: AbortSignal): Promise<void> {
    this.#changes.set(name, { kind: 'removing' });
    await this.#hooks.exchange(() =>
      removeModel(name, this.#hooks.whisper() ?? '', this.#config, signal, this.#known),
    );
  }
}

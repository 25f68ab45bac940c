import { stat } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { constrainedMemory } from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { EngineReadiness } from '../../domain/engine.ts';
import type { LocalEngineConfig } from './configuration.ts';
import { provideEnvironment } from './environment.ts';
import { type ModelSource, provideModel } from './model.ts';
import { readAgreements } from './models/agreements.ts';
import type { ModelRules } from './models/choose-models.ts';
import { listModels } from './models/list-models.ts';
import { provideOwnModels } from './models/provide-own-models.ts';
import { type WhisperName, whisperModels } from './models/whisper-models.ts';
import { runOneAtATime } from './one-at-a-time.ts';
import { isolated } from './run-command.ts';
import { SetUpError } from './set-up-error.ts';
import type { TranscriberSettings } from './transcriber-process.ts';

type Stage = (EngineReadiness & { state: 'preparing' })['stage'];

/** Reports the progress of a set-up: 0 to 1 within the stage; null while unknown. */
export type OnProgress = (stage: Stage, fraction: number | null) => void;

const transcriberScript = fileURLToPath(new URL('transcriber.py', import.meta.url));

/**
 * Sets the engine up under `<dataDir>/local`: Python with its packages, and a model. Fast if both exist. Waits
 * while another process does the same in the same folder.
 * @returns how to start the child process
 * @throws SetUpError with one line for operators: what is missing, and how to correct it
 */
export async function provision(
  config: LocalEngineConfig,
  logger: Logger,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<TranscriberSettings> {
  const folder = join(config.dataDir, 'local');
  const configured = config.model === null ? null : await resolveConfiguredModel(config.model);
  onProgress('install', null);
  return runOneAtATime(folder, signal, async () => {
    const onInstalled = (fraction: number | null) => onProgress('install', fraction);
    const { python, device } = await provideEnvironment(folder, config.python, onInstalled, signal);
    const model =
      typeof configured === 'string'
        ? configured
        : await provideFirst(configured ?? modelsForMachine(device, availableParallelism()), {
            config,
            python,
            logger,
            onProgress,
            signal,
          });
    const rules = await readModelRules(config);
    const own = await provideOwnModels(rules, modelSource(config, python), {
      logger,
      onProgress,
      signal,
    });
    const computeType = config.computeType ?? (device === 'cuda' ? 'float16' : 'int8');
    const threads = config.threads ?? availableParallelism();
    return {
      command: python,
      parameters: [
        ...[...isolated, transcriberScript],
        ...['--model', model, '--device', device],
        ...['--compute-type', computeType, '--threads', String(threads)],
        ...['--batch-size', String(batchSize(rules.memoryBytes))],
        ...['--own-models', JSON.stringify(own)],
        ...['--models-in-memory', String(modelsInMemory(rules.memoryBytes))],
      ],
      model,
      models: await listModels(
        modelsFolder(config),
        rules,
        new Set([basename(model), ...own.map(({ name }) => name)]),
      ),
      ownModels: own.map(({ name, languages }) => `${languages.join(', ')}: ${name}`),
      device,
    };
  });
}

/** Returns the operator's and the machine's rules for the languages' own models. */
export async function readModelRules(config: LocalEngineConfig): Promise<ModelRules> {
  return {
    fixed: config.languageModels,
    forbidden: config.forbiddenModels,
    agreed: new Set([...config.agreedLicences, ...(await readAgreements(modelsFolder(config)))]),
    memoryBytes: Math.min(totalmem(), constrainedMemory() || Number.POSITIVE_INFINITY),
  };
}

/** Returns where models are stored and downloaded from. */
export function modelSource(config: LocalEngineConfig, python: string): ModelSource {
  return {
    folder: modelsFolder(config),
    hub: { address: config.huggingFaceEndpoint ?? 'https://huggingface.co' },
    python,
  };
}

export function modelsFolder({ dataDir }: Pick<LocalEngineConfig, 'dataDir'>): string {
  return join(dataDir, 'local', 'models');
}

/** Memory from which on two models stay loaded, in bytes: Whisper `base` and the largest Persian model take 2 GB. */
const minTwoModelsBytes = 4 * 1024 ** 3;

function modelsInMemory(memoryBytes: number): number {
  return memoryBytes >= minTwoModelsBytes ? 2 : 1;
}

/** Memory from which on audio is decoded in batches, in bytes. A batch of four windows takes 300 MB more (`base`). */
const minBatchBytes = 3 * 1024 ** 3;

/** Returns the number of windows to decode together. Larger batches than four were no faster on two cores. */
function batchSize(memoryBytes: number): number {
  return memoryBytes >= minBatchBytes ? 4 : 1;
}

/** Returns the folder of the first model that is available. */
async function provideFirst(
  models: readonly WhisperName[],
  {
    config,
    python,
    logger,
    onProgress,
    signal,
  }: {
    config: LocalEngineConfig;
    python: string;
    logger: Logger;
    onProgress: OnProgress;
    signal: AbortSignal;
  },
): Promise<string> {
  const source = modelSource(config, python);
  const reasons: string[] = [];
  for (const model of models) {
    const onSourceFailed = (from: string, reason: string) =>
      logger.info({ model, source: from, reason }, 'the model could not be fetched from this source');
    try {
      return await provideModel(whisperModels[model], source, { onProgress, onSourceFailed, signal });
    } catch (error) {
      signal.throwIfAborted();
      reasons.push((error as Error).message);
    }
  }
  throw new SetUpError('model_not_fetched', reasons.join('; '));
}

/**
 * Resolves LOCAL_MODEL to a folder or one of the known models.
 * @throws SetUpError with one line for operators
 */
export async function resolveConfiguredModel(name: string): Promise<string | readonly [WhisperName]> {
  if (Object.hasOwn(whisperModels, name)) return [name as WhisperName];
  const folder = isAbsolute(name) ? name : resolve(name);
  await stat(join(folder, 'model.bin')).catch(() => {
    const names = Object.keys(whisperModels).join(', ');
    throw new SetUpError(
      'model_unknown',
      `LOCAL_MODEL is neither one of ${names} nor a folder with a model.bin in it.`,
    );
  });
  return folder;
}

/**
 * Returns the largest model that the machine runs faster than real time, then `base`, which has a second source,
 * for closed networks.
 */
export function modelsForMachine(device: 'cpu' | 'cuda', cores: number): readonly WhisperName[] {
  if (device === 'cuda') return ['turbo', 'base'];
  return cores <= 4 ? ['base'] : ['small', 'base'];
}

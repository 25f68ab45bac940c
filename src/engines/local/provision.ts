import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Logger } from 'pino';
import type { EngineReadiness } from '../../domain/engine.ts';
import { provideEnvironment } from './environment.ts';
import type { LocalEngineConfig } from './local-engine.ts';
import { provideModel } from './model.ts';
import { type ModelName, modelManifests } from './model-manifest.ts';
import { runCommand } from './run-command.ts';
import type { TranscriberSettings } from './transcriber-process.ts';

type Stage = (EngineReadiness & { state: 'preparing' })['stage'];

/**
 * Sets the engine up under `<dataDir>/local`: Python with its packages, and a model; quick when both are there.
 * @returns how to start its child
 * @throws Error in a line for operators: what is missing and what to do
 */
export async function provision(
  config: LocalEngineConfig,
  logger: Logger,
  onProgress: (stage: Stage, fraction: number | null) => void,
  signal: AbortSignal,
): Promise<TranscriberSettings> {
  const folder = join(config.dataDir, 'local');
  onProgress('install', null);
  const python = await provideEnvironment(
    folder,
    config.python,
    (fraction) => onProgress('install', fraction),
    signal,
  );
  const device = (await hasCuda(python, signal)) ? 'cuda' : 'cpu';
  const model = await chooseModel(config, device);
  const path =
    typeof model === 'object'
      ? model.folder
      : await provideModel(
          modelManifests[model],
          {
            folder: join(folder, 'models'),
            hub: config.huggingFaceEndpoint ?? 'https://huggingface.co',
            python,
          },
          {
            onProgress,
            onSourceFailed: (source, reason) =>
              logger.info({ model, source, reason }, 'model not to be had there'),
            signal,
          },
        );
  return {
    python,
    model: path,
    device,
    computeType: config.computeType ?? (device === 'cuda' ? 'float16' : 'int8'),
    threads: config.threads ?? availableParallelism(),
  };
}

async function hasCuda(python: string, signal: AbortSignal): Promise<boolean> {
  const script = 'import ctranslate2; print(ctranslate2.get_cuda_device_count())';
  const count = await runCommand(python, ['-c', script], { signal }).catch(() => '0');
  signal.throwIfAborted();
  return Number(count) > 0;
}

/** The configured model, or what this machine runs faster than people speak: more cores carry a better one. */
async function chooseModel(
  { model }: LocalEngineConfig,
  device: 'cpu' | 'cuda',
): Promise<ModelName | { readonly folder: string }> {
  if (model === null) return device === 'cuda' ? 'turbo' : availableParallelism() <= 4 ? 'base' : 'small';
  if (Object.hasOwn(modelManifests, model)) return model as ModelName;
  const folder = isAbsolute(model) ? model : resolve(model);
  await stat(join(folder, 'model.bin')).catch(() => {
    const names = Object.keys(modelManifests).join(', ');
    throw new Error(`LOCAL_MODEL is neither one of ${names} nor a folder with a model.bin in it.`);
  });
  return { folder };
}

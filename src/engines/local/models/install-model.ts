import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { LocalEngineConfig } from '../configuration.ts';
import { provideEnvironment } from '../environment.ts';
import { provideModel } from '../model.ts';
import { runOneAtATime } from '../one-at-a-time.ts';
import { modelSource, modelsFolder, type OnProgress } from '../provision.ts';
import { readAgreements, recordAgreement } from './agreements.ts';
import { findGraphFault } from './graph-check.ts';
import { knownModels } from './known-models.ts';
import type { KnownModel } from './local-model.ts';

/** The operator's answer to unclear terms: who agreed, and where. Null: nobody did. */
type Agreement = string | null;

/**
 * Returns a known model.
 * @throws Error that lists the names
 */
function modelNamed(name: string, known: readonly KnownModel[]): KnownModel {
  const model = known.find((candidate) => candidate.name === name);
  if (model !== undefined) return model;
  const names = known.map((each) => each.name).join(', ');
  throw new Error(`${name} is none of the known models: ${names}`);
}

/**
 * Downloads a model and checks it, also while another process sets the engine up. A model of a language is used from
 * the next start of the engine on.
 * @param agreement recorded for a model with unclear terms
 * @param known the models that have a name; tests set others
 * @returns its folder
 * @throws Error with one line for operators
 */
export async function installModel(
  name: string,
  agreement: Agreement,
  config: LocalEngineConfig,
  logger: Logger,
  onProgress: OnProgress,
  signal: AbortSignal,
  known: readonly KnownModel[] = knownModels,
): Promise<string> {
  const model = modelNamed(name, known);
  const models = modelsFolder(config);
  const agreed = new Set([...config.agreedLicences, ...(await readAgreements(models))]);
  if (model.licence.mustBeAgreed && !agreed.has(name)) {
    if (agreement === null)
      throw new Error(`the licence of ${name} is unclear (${model.licence.name}) and was not agreed to`);
    await mkdir(models, { recursive: true });
    await recordAgreement(models, name, agreement);
  }
  onProgress('install', null);
  return runOneAtATime(join(config.dataDir, 'local'), signal, async () => {
    const onInstalled = (fraction: number | null) => onProgress('install', fraction);
    const folder = join(config.dataDir, 'local');
    const { python } = await provideEnvironment(folder, config.python, onInstalled, signal);
    const onSourceFailed = (source: string, reason: string) =>
      logger.info({ model: name, source, reason }, 'the model could not be fetched from this source');
    const hooks = { onProgress, onSourceFailed, signal };
    const path = await provideModel(model, modelSource(config, python), hooks);
    const fault = model.family === 'ctc' ? await findGraphFault(python, path, model.ctc, signal) : null;
    if (fault !== null) throw new Error(`${name} cannot be used: ${fault}`);
    return path;
  });
}

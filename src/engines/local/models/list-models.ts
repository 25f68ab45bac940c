import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineModel } from '../../../domain/engine-model.ts';
import { listBroughtModels } from './brought-models.ts';
import { isAllowed, type ModelRules } from './choose-models.ts';
import { knownModels } from './known-models.ts';
import type { KnownModel } from './local-model.ts';

/**
 * Lists the known models and those that the operator brought, with their states on this machine.
 * @param folder folder of the models
 * @param used names of the models that the engine runs
 */
export async function listModels(
  folder: string,
  rules: ModelRules,
  used: ReadonlySet<string>,
): Promise<EngineModel[]> {
  const brought = await listBroughtModels(folder, new Set(knownModels.map(({ name }) => name)));
  const models = [...knownModels, ...brought.flatMap((each) => ('model' in each ? [each.model] : []))];
  return Promise.all(models.map(async (model) => describe(model, await stateOf(model, folder, rules, used))));
}

async function stateOf(
  model: KnownModel,
  folder: string,
  rules: ModelRules,
  used: ReadonlySet<string>,
): Promise<EngineModel['state']> {
  if (used.has(model.name)) return 'used';
  if (rules.forbidden.has(model.name)) return 'forbidden';
  if (model.family === 'ctc' && !isAllowed(model, rules)) return 'terms';
  const isThere = await stat(join(folder, model.name)).catch(() => null);
  return isThere === null ? 'available' : 'installed';
}

function describe(model: KnownModel, state: EngineModel['state']): EngineModel {
  const sizes = model.files.map(({ bytes }) => bytes);
  return {
    name: model.name,
    languages: model.family === 'whisper' ? 'any' : model.languages,
    bytes: sizes.length === 0 ? null : sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
    accuracy: model.accuracy[0] ?? null,
    licence: model.licence.name,
    mustBeAgreed: model.licence.mustBeAgreed,
    isDownloadable: model.repository !== '',
    state,
    isPinnedByDownload: model.files.some(({ sha256 }) => sha256 === null),
  };
}

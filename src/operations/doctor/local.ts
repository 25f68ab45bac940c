import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findEnvironment } from '../../engines/local/environment.ts';
import { findFirstFault, recallVerified } from '../../engines/local/model-check.ts';
import { listBroughtModels } from '../../engines/local/models/brought-models.ts';
import { chooseModels } from '../../engines/local/models/choose-models.ts';
import { ctcModels } from '../../engines/local/models/ctc-models.ts';
import { knownModels } from '../../engines/local/models/known-models.ts';
import { whisperModels } from '../../engines/local/models/whisper-models.ts';
import {
  modelsFolder,
  modelsForMachine,
  readModelRules,
  resolveConfiguredModel,
} from '../../engines/local/provision.ts';
import { findPython } from '../../engines/local/python.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { localEngineConfig } from '../../runtime/engine-settings.ts';
import { type Finding, ok, reasonOf, skipped, wrong } from './finding.ts';

const setUp = 'a worker sets it up at its start, or npm run local:install';

/** Checks the LOCAL engine on this machine: Python, its packages, and the hash of every file of the model. */
export async function checkLocal(config: Config): Promise<Finding[]> {
  if (config.WORKER_LOCAL === 0) return [skipped('LOCAL', 'WORKER_LOCAL is 0: it is not used here')];
  const { signal } = new AbortController();
  const folder = join(config.DATA_DIR, 'local');
  const findings: Finding[] = [];
  let device: 'cpu' | 'cuda' = 'cpu';
  try {
    const environment = await findEnvironment(folder, config.LOCAL_PYTHON, signal);
    if (environment !== null) {
      device = environment.device;
      findings.push(
        ok('LOCAL packages', `installed, for ${device === 'cuda' ? 'the graphics card' : 'the processor'}`),
      );
    } else {
      const { command } = await findPython(config.LOCAL_PYTHON, signal);
      findings.push(skipped('LOCAL packages', `not installed yet; Python was found (${command})`, setUp));
    }
  } catch (error) {
    findings.push(
      wrong(
        'LOCAL packages',
        reasonOf(error),
        'install Python 3.9 or newer with venv, or set WORKER_LOCAL=0',
      ),
    );
  }
  return [
    ...findings,
    await checkModel(config, folder, device, signal),
    ...(await checkLanguageModels(config, signal)),
  ];
}

/** Checks the models of single languages that the engine would use, and the model.json of those that were brought. */
async function checkLanguageModels(config: Config, signal: AbortSignal): Promise<Finding[]> {
  const local = localEngineConfig(config);
  const folder = modelsFolder(local);
  const rules = await readModelRules(local);
  const brought = await listBroughtModels(folder, new Set(knownModels.map(({ name }) => name)));
  const installed = new Set(await readdir(folder).catch(() => []));
  const models = [
    ...ctcModels.filter(({ name }) => installed.has(name)),
    ...brought.flatMap((each) => ('model' in each ? [each.model] : [])),
  ];
  const findings = brought.flatMap((each) =>
    'fault' in each
      ? [
          wrong(
            'LOCAL languages',
            `${each.name}: ${each.fault}`,
            'correct the file; docs/engines.md has its form',
          ),
        ]
      : [],
  );
  for (const [language, model] of chooseModels(models, rules)) {
    const { hashes } = await recallVerified(join(folder, model.name), model);
    const found = await findFirstFault(join(folder, model.name), model, hashes, () => undefined, signal);
    const what = `${language}: ${model.name}`;
    findings.push(
      found === null
        ? ok(
            'LOCAL languages',
            `${what}; ${model.files.length === 0 ? 'your own files' : 'the hashes of all files are right'}`,
          )
        : wrong('LOCAL languages', `${what}: ${found.words}`, `npm run local:install -- ${model.name}`),
    );
  }
  return findings;
}

async function checkModel(
  { LOCAL_MODEL }: Config,
  folder: string,
  device: 'cpu' | 'cuda',
  signal: AbortSignal,
): Promise<Finding> {
  try {
    const configured = LOCAL_MODEL === null ? null : await resolveConfiguredModel(LOCAL_MODEL);
    if (typeof configured === 'string')
      return ok('LOCAL model', 'a folder of your own; its hashes are unknown');
    const reasons: string[] = [];
    for (const name of configured ?? modelsForMachine(device, availableParallelism())) {
      const manifest = whisperModels[name];
      const { hashes } = await recallVerified(join(folder, 'models', name), manifest);
      const found = await findFirstFault(
        join(folder, 'models', name),
        manifest,
        hashes,
        () => undefined,
        signal,
      );
      if (found === null) return ok('LOCAL model', `${name}; the hashes of all files are right`);
      if (found.path !== null)
        return wrong(
          'LOCAL model',
          `${name}: ${found.words}`,
          'restart the worker: it fetches the file again',
        );
      reasons.push(name);
    }
    return skipped('LOCAL model', `${reasons.join(' or ')}: not fetched yet`, setUp);
  } catch (error) {
    return wrong('LOCAL model', reasonOf(error), 'correct LOCAL_MODEL');
  }
}

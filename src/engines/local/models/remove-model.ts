import { join } from 'node:path';
import type { LocalEngineConfig } from '../configuration.ts';
import { runOneAtATime } from '../one-at-a-time.ts';
import { modelsFolder, readModelRules } from '../provision.ts';
import { removeFolder } from '../temporary-folder.ts';
import { forgetAgreement } from './agreements.ts';
import { wantedModels } from './choose-models.ts';
import { ctcModels } from './ctc-models.ts';
import { knownModels } from './known-models.ts';
import type { KnownModel } from './local-model.ts';

/**
 * Removes a model and the agreement to its terms from this machine. The engine must not run it at that time.
 * @param used name of Whisper's model, which stays
 * @param known the models that have a name; tests set others
 * @throws Error with one line for admins
 */
export async function removeModel(
  name: string,
  used: string,
  config: LocalEngineConfig,
  signal: AbortSignal,
  known: readonly KnownModel[] = knownModels,
): Promise<void> {
  if (known.every((model) => model.name !== name)) throw new Error(`${name} is none of the known models`);
  if (name === used) throw new Error(`${name} is in use; LOCAL_MODEL can name another model`);
  const folder = modelsFolder(config);
  const rules = await readModelRules(config);
  // By the agreement of this machine alone it would not be wanted.
  const asked = wantedModels(ctcModels, { ...rules, agreed: config.agreedLicences });
  if (asked.some((wanted) => wanted.name === name))
    throw new Error('LOCAL_AGREED_LICENCES or LOCAL_LANGUAGE_MODELS asks for it');
  await runOneAtATime(join(config.dataDir, 'local'), signal, async () => {
    await forgetAgreement(folder, name);
    await removeFolder(join(folder, name));
    // What an interrupted download left. The pinned hashes stay: a file that the hub changes later is refused.
    await removeFolder(join(folder, `${name}.hub`));
  });
}

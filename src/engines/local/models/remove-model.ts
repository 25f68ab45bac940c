import { join } from 'node:path';
import type { LocalEngineConfig } from '../configuration.ts';
import { runOneAtATime } from '../one-at-a-time.ts';
import { modelsFolder, readModelRules } from '../provision.ts';
import { removeFolder } from '../temporary-folder.ts';
import { forgetAgreement } from './agreements.ts';
import { wantedModels } from './choose-models.ts';
import { ctcModels } from './ctc-models.ts';
import { knownModels } from './known-models.ts';

/**
 * Removes a model and the agreement to its terms from this machine. The engine must not run it meanwhile.
 * @param used name of Whisper's model, which stays
 * @throws Error with one line for admins
 */
export async function removeModel(
  name: string,
  used: string,
  config: LocalEngineConfig,
  signal: AbortSignal,
): Promise<void> {
  const model = knownModels.find((known) => known.name === name);
  if (model === undefined) throw new Error(`${name} is none of the known models`);
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

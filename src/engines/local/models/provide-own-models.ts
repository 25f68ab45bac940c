import { join } from 'node:path';
import type { Logger } from 'pino';
import { findInstalledFault, type ModelHooks, type ModelSource, provideModel } from '../model.ts';
import { type Brought, listBroughtModels } from './brought-models.ts';
import { chooseModels, type ModelRules, wantedModels } from './choose-models.ts';
import { ctcModels } from './ctc-models.ts';
import { findGraphFault } from './graph-check.ts';
import { knownModels } from './known-models.ts';
import type { CtcFiles, CtcModel } from './local-model.ts';

/** A model of its own for some languages, as transcriber.py takes it. */
type OwnModel = CtcFiles & {
  readonly name: string;
  /** Folder of its files. */
  readonly path: string;
  readonly languages: readonly string[];
};

type Hooks = Pick<ModelHooks, 'onProgress' | 'signal'> & {
  readonly logger: Logger;
};

/**
 * Downloads the models that the rules ask for, and returns the model of each language that has one. A model that cannot
 * be downloaded or used is logged and left out: Whisper transcribes its languages.
 * @param known the models that have a name; tests set others
 */
export async function provideOwnModels(
  rules: ModelRules,
  source: ModelSource,
  { logger, onProgress, signal }: Hooks,
  known: readonly CtcModel[] = ctcModels,
): Promise<OwnModel[]> {
  for (const model of wantedModels(known, rules)) {
    const onSourceFailed = (from: string, reason: string) =>
      logger.info(
        { model: model.name, source: from, reason },
        'the model could not be fetched from this source',
      );
    try {
      await provideModel(model, source, { onProgress, onSourceFailed, signal });
    } catch (error) {
      signal.throwIfAborted();
      const reason = (error as Error).message;
      logger.warn(
        { model: model.name, reason },
        'model of a language not installed; Whisper takes its place',
      );
    }
  }
  let usable = await listInstalled(known, source.folder, { logger, onProgress, signal });
  for (;;) {
    const chosen = new Set(chooseModels(usable, rules).values());
    const broken = new Set<string>();
    for (const { name, ctc } of chosen) {
      const fault = await findGraphFault(source.python, join(source.folder, name), ctc, signal);
      if (fault === null) continue;
      broken.add(name);
      logger.warn({ model: name, fault }, 'model of a language cannot be used');
    }
    if (broken.size === 0) return ownModels(usable, rules, source.folder);
    usable = usable.filter(({ name }) => !broken.has(name));
  }
}

function ownModels(models: readonly CtcModel[], rules: ModelRules, folder: string): OwnModel[] {
  const languages = new Map<CtcModel, string[]>();
  for (const [language, model] of chooseModels(models, rules))
    languages.set(model, [...(languages.get(model) ?? []), language]);
  return [...languages].map(([{ name, ctc }, own]) => ({
    name,
    path: join(folder, name),
    languages: own,
    ...ctc,
  }));
}

/** Returns the known models whose files are right, and those that the operator brought. */
async function listInstalled(
  known: readonly CtcModel[],
  folder: string,
  { logger, onProgress, signal }: Hooks,
): Promise<CtcModel[]> {
  const installed: CtcModel[] = [];
  for (const model of known) {
    const fault = await findInstalledFault(model, { folder }, { onProgress, signal });
    if (fault === null) installed.push(model);
    else if (fault !== undefined)
      logger.warn({ model: model.name, fault }, 'files of a model are wrong; it is not used');
  }
  const brought = await listBroughtModels(folder, new Set(knownModels.map(({ name }) => name)));
  for (const each of brought) if ('fault' in each) logFault(logger, each);
  return [...installed, ...brought.flatMap((each) => ('model' in each ? [each.model] : []))];
}

function logFault(logger: Logger, { name, fault }: Extract<Brought, { fault: string }>): void {
  logger.warn({ model: name, fault }, 'model.json of a brought model is wrong');
}

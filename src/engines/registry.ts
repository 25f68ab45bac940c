import type { Logger } from 'pino';
import type { Engine } from '../domain/engine.ts';
import { type EngineId, engineIds, engineNames } from '../domain/engine-names.ts';
import { createLocalEngine, type LocalEngineConfig } from './local/local-engine.ts';
import type { RemoteSettings } from './remote-engine.ts';

export type EngineSettings = Readonly<Record<Exclude<EngineId, 'local'>, RemoteSettings>> & {
  readonly local: LocalEngineConfig;
};

/** An engine that cannot be offered, by the variable that is not set. */
type Missing = { readonly missing: string };

type Build = (settings: EngineSettings, logger: Logger) => Engine | Missing;

/** How each engine is built: one line here for each. */
const builders: Partial<Record<EngineId, Build>> = {
  local: ({ local }, logger) => createLocalEngine(local, logger),
};

/** Builds every engine that is configured; of the others the log says what they lack. */
export function createEngines(settings: EngineSettings, logger: Logger): Engine[] {
  return engineIds.flatMap((id) => {
    const built = builders[id]?.(settings, logger.child({ engine: id }));
    if (built === undefined) return [];
    if (!('missing' in built)) return [built];
    logger.info({ engine: id }, `${engineNames[id].en} is not offered: ${built.missing} is not set`);
    return [];
  });
}

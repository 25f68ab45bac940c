import type { Logger } from 'pino';
import type { Engine } from '../domain/engine.ts';
import { createLocalEngine, type LocalEngineConfig } from './local/local-engine.ts';

export type EngineSettings = { readonly local: LocalEngineConfig };

/** Builds every engine. One line here and one in catalogue.ts is all that a new one needs besides its own file. */
export function createEngines(settings: EngineSettings, logger: Logger): Engine[] {
  return [createLocalEngine(settings.local, logger.child({ engine: 'local' }))];
}

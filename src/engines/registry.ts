import type { Logger } from 'pino';
import type { Engine } from '../domain/engine.ts';
import { type EngineId, engineIds, engineNames } from '../domain/engine-names.ts';
import { createEbooEngine } from './eboo.ts';
import { createElevenLabsEngine, type ElevenLabsSettings } from './elevenlabs.ts';
import { createLocalEngine, type LocalEngineConfig } from './local/local-engine.ts';
import { createOpenAiEngine, openAiBaseUrl } from './openai.ts';
import { endOfModel } from './openai-request.ts';
import type { RemoteSettings } from './remote-engine.ts';
import { createScribeEngine } from './scribe.ts';
import { createViraEngine } from './vira.ts';

export type EngineSettings = Readonly<Record<Exclude<EngineId, 'local' | 'elevenlabs'>, RemoteSettings>> & {
  readonly local: LocalEngineConfig;
  readonly elevenlabs: ElevenLabsSettings;
};

/** An engine that is not offered, with the variable that is not set. */
type Missing = { readonly missing: string };

type Build = (settings: EngineSettings, logger: Logger) => Engine | Missing;

/** Builds each engine; one entry per engine. */
const builders: Record<EngineId, Build> = {
  local: ({ local }, logger) => createLocalEngine(local, logger),
  eboo: ({ eboo }) => (eboo.token === null ? { missing: 'EBOO_TOKEN' } : createEbooEngine(eboo)),
  scribe: ({ scribe }, logger) => {
    if (scribe.token === null) return { missing: 'SCRIBE_TOKEN' };
    tellEnd(scribe.model.replace(/^openai\//, ''), logger);
    return createScribeEngine({ ...scribe, warn: (message) => logger.warn(message) });
  },
  vira: ({ vira }) => (vira.token === null ? { missing: 'VIRA_TOKEN' } : createViraEngine(vira)),
  // A self-hosted server may need no key.
  openai: ({ openai }, logger) => {
    const isOpenAi = openai.baseUrl === openAiBaseUrl;
    if (openai.token === null && isOpenAi) return { missing: 'OPENAI_API_KEY (or OPENAI_BASE_URL)' };
    if (isOpenAi) tellEnd(openai.model, logger);
    return createOpenAiEngine(openai);
  },
  elevenlabs: ({ elevenlabs }, logger) =>
    elevenlabs.token === null
      ? { missing: 'ELEVENLABS_API_KEY' }
      : createElevenLabsEngine({ ...elevenlabs, warn: (message) => logger.warn(message) }),
};

/** Warns once, at the start, of a model that its provider ends. */
function tellEnd(model: string, logger: Logger): void {
  const message = endOfModel(model);
  if (message !== null) logger.warn(message);
}

/** Builds every configured engine; for the others it logs the missing variable. */
export function createEngines(settings: EngineSettings, logger: Logger): Engine[] {
  return engineIds.flatMap((id) => {
    const built = builders[id](settings, logger.child({ engine: id }));
    if (!('missing' in built)) return [built];
    logger.info({ engine: id }, `${engineNames[id].en} is not offered: ${built.missing} is not set`);
    return [];
  });
}

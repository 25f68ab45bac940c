import { pino } from 'pino';
import type { Engine } from '../../domain/engine.ts';
import { engineIds, engineNames } from '../../domain/engine-names.ts';
import { createEngines } from '../../engines/registry.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { engineSettings } from '../../runtime/engine-settings.ts';
import { type Finding, ok, skipped, wrong } from './finding.ts';

const timeoutMs = 15_000;

/** Checks the token of every configured remote engine that has a request without cost. */
export async function checkEngines(config: Config): Promise<Finding[]> {
  const engines = createEngines(engineSettings(config), pino({ level: 'silent' })).filter(
    ({ profile }) => profile.kind === 'remote',
  );
  const missing = engineIds.filter(
    (id) => id !== 'local' && engines.every(({ profile }) => profile.id !== id),
  );
  try {
    return [
      ...(await Promise.all(engines.map(checkEngine))),
      ...(missing.length === 0
        ? []
        : [
            skipped('Other engines', `not configured: ${missing.map((id) => engineNames[id].en).join(', ')}`),
          ]),
    ];
  } finally {
    await Promise.all(engines.map((engine) => engine.close()));
  }
}

async function checkEngine(engine: Engine): Promise<Finding> {
  const name = `Engine ${engine.profile.name.en}`;
  if (engine.probe === undefined)
    return skipped(name, 'it is configured; the service has no check without a cost');
  try {
    const { credit } = await engine.probe(AbortSignal.timeout(timeoutMs));
    return ok(name, `the service takes the token${credit === null ? '' : `; credit: ${credit}`}`);
  } catch (error) {
    const { message } = error as Error;
    return wrong(
      name,
      message,
      'compare its token and address with what the service shows, and look at its credit',
    );
  }
}

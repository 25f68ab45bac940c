import { fileURLToPath } from 'node:url';
import type { EngineTests } from '../src/app/admin/system-ports.ts';
import { tryEngines } from '../src/app/admin/try-engine.ts';
import type { Log } from '../src/app/ports/log.ts';
import type { Decoder } from '../src/app/ports/media.ts';
import type { DueWork } from '../src/compose/due-work.ts';
import type { Engine } from '../src/domain/engine.ts';
import { isEngineTestDue } from '../src/store/admin/engine-tests.ts';

const sample = fileURLToPath(new URL('../samples/voice-note-fa.oga', import.meta.url));

/**
 * Returns the tests of engines that admins request.
 * @param engines the engines behind their circuits
 */
export function testWork(
  { decoder, log }: { decoder: Decoder; log: Log },
  engineTests: EngineTests,
  engines: readonly Engine[],
): DueWork {
  const ids = engines.map(({ profile }) => profile.id);
  return {
    isDue: () => isEngineTestDue(ids),
    round: (leaving) => tryEngines({ decoder, engineTests, log }, engines, sample, leaving),
  };
}

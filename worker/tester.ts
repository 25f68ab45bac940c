import { fileURLToPath } from 'node:url';
import type { EngineTests } from '../src/app/admin/operations.ts';
import { tryEngines } from '../src/app/admin/try-engine.ts';
import type { Decoder } from '../src/app/ports/media.ts';
import type { Log } from '../src/app/ports/operations.ts';
import type { Engine } from '../src/domain/engine.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/** Pause between two looks for a requested engine test, in ms. */
const pollIntervalMs = 2_000;

const sample = fileURLToPath(new URL('../samples/voice-note-fa.oga', import.meta.url));

/**
 * Starts the tests of engines that admins request.
 * @param engines the engines behind their circuits
 */
export function startTester(
  periodic: PeriodicWork,
  { decoder, log }: { decoder: Decoder; log: Log },
  engineTests: EngineTests,
  engines: readonly Engine[],
): void {
  periodic.every('engine tests', pollIntervalMs, (leaving) =>
    tryEngines({ decoder, engineTests, log }, engines, sample, leaving),
  );
}

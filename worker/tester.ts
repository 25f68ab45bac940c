import { fileURLToPath } from 'node:url';
import type { EngineTests } from '../src/app/admin/operations.ts';
import { tryEngines } from '../src/app/admin/try-engine.ts';
import type { Decoder } from '../src/app/ports/media.ts';
import type { Log } from '../src/app/ports/operations.ts';
import type { Engine } from '../src/domain/engine.ts';
import { runPeriodically } from '../src/runtime/periodic.ts';

/** Pause between two looks for a requested engine test, in ms. */
const pollIntervalMs = 2_000;

const sample = fileURLToPath(new URL('../samples/voice-note-fa.oga', import.meta.url));

/**
 * Starts the tests of engines that admins request.
 * @param engines the engines behind their circuits
 */
export function startTester(
  { decoder, log }: { decoder: Decoder; log: Log },
  engineTests: EngineTests,
  engines: readonly Engine[],
): () => Promise<void> {
  const leaving = new AbortController();
  const stop = runPeriodically(
    'engine tests',
    pollIntervalMs,
    () => tryEngines({ decoder, engineTests, log }, engines, sample, leaving.signal),
    log,
  );
  return () => {
    leaving.abort();
    return stop();
  };
}

import { fileURLToPath } from 'node:url';
import type { EngineTests } from '../src/app/admin/operations.ts';
import { tryEngines } from '../src/app/admin/try-engine.ts';
import type { Decoder } from '../src/app/ports/media.ts';
import type { Log } from '../src/app/ports/operations.ts';
import type { Engine } from '../src/domain/engine.ts';
import { repeat } from '../src/sweeping.ts';

/** Between two looks for an engine to try, in milliseconds. */
const lookMs = 2_000;

const sample = fileURLToPath(new URL('../samples/voice-note-fa.oga', import.meta.url));

/** Tries an engine out whenever an admin asks for it. @param engines as files meet them */
export function startTester(
  { decoder, log }: { decoder: Decoder; log: Log },
  engineTests: EngineTests,
  engines: readonly Engine[],
): () => Promise<void> {
  const leaving = new AbortController();
  const stop = repeat(
    'engine tests',
    lookMs,
    () => tryEngines({ decoder, engineTests }, engines, sample, leaving.signal),
    log,
  );
  return () => {
    leaving.abort();
    return stop();
  };
}

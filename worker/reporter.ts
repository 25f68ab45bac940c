import { announcePreparation } from '../src/app/announce-preparation.ts';
import type { EngineReports, Lanes, Log, Replies } from '../src/app/ports.ts';
import type { Engine } from '../src/domain/engine.ts';
import { repeat } from '../src/sweeping.ts';

/** Readiness changes are told so often, in milliseconds; bots count on reports of the last 30 s. */
const reportMs = 3_000;

/** Tells the bots which engines this worker can run, and waiting people how far a set-up is. */
export function startReporter(
  dependencies: { reports: EngineReports; lanes: Lanes; replies: Replies; log: Log },
  engines: readonly Engine[],
): () => Promise<void> {
  return repeat(
    'engine reports',
    reportMs,
    async () => {
      // Reports first: without them an engine is soon counted as gone, however slow the chats are.
      for (const engine of engines) await dependencies.reports.report(engine.id, engine.readiness());
      await Promise.all(engines.map((engine) => announcePreparation(dependencies, engine)));
    },
    dependencies.log,
  );
}

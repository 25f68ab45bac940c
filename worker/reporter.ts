import { isDeepStrictEqual } from 'node:util';
import { announceReadiness } from '../src/app/announce-readiness.ts';
import type { Replies } from '../src/app/ports/answers.ts';
import type { EngineReports } from '../src/app/ports/engine-reports.ts';
import type { Lanes } from '../src/app/ports/lanes.ts';
import type { Log } from '../src/app/ports/operations.ts';
import type { Circuit } from '../src/app/run/circuit.ts';
import type { Engine, EngineReadiness } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/** Pause between two reports, in ms; bots use reports of the last 30 s. */
const reportIntervalMs = 3_000;

/**
 * Reports to the bots which engines this worker can run, and shows waiting users why their engine
 * is not ready.
 * @param credits latest balance of each remote engine's account
 * @param circuits circuits of the engines, so that admins see how long one has been open
 */
export function startReporter(
  periodic: PeriodicWork,
  dependencies: { reports: EngineReports; lanes: Lanes; replies: Replies; log: Log },
  engines: readonly Engine[],
  credits: ReadonlyMap<EngineId, string | null>,
  circuits: ReadonlyMap<EngineId, Pick<Circuit, 'openMs'>>,
): void {
  const announced = new Map<EngineId, EngineReadiness>();
  periodic.every('engine reports', reportIntervalMs, async () => {
    const reports = engines.map((engine) => ({ engine, readiness: engine.readiness() }));
    // Reports first, however slow the chats are: without them an engine soon counts as gone.
    for (const { engine, readiness } of reports) {
      const { id } = engine.profile;
      const openMs = circuits.get(id)?.openMs ?? null;
      await dependencies.reports.report(engine.profile, readiness, credits.get(id), openMs);
    }
    const changed = reports.filter(
      ({ engine, readiness }) => !isDeepStrictEqual(announced.get(engine.profile.id), readiness),
    );
    for (const { engine, readiness } of changed) announced.set(engine.profile.id, readiness);
    await Promise.all(
      changed.map(({ engine, readiness }) => announceReadiness(dependencies, engine.profile.id, readiness)),
    );
  });
}

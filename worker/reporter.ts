import { isDeepStrictEqual } from 'node:util';
import { announceReadiness } from '../src/app/announce-readiness.ts';
import type { EngineReports } from '../src/app/ports/engine-reports.ts';
import type { Lanes } from '../src/app/ports/lanes.ts';
import type { Log } from '../src/app/ports/log.ts';
import type { Messenger } from '../src/app/ports/messenger.ts';
import type { Circuit } from '../src/app/run/circuit.ts';
import type { Engine, EngineReadiness } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/** Pause between two looks at the engines, in ms. */
const pollIntervalMs = 3_000;

/**
 * Time after which a report is repeated although nothing has changed, in ms. Bots use reports of the last 30 s, so that
 * one may fail; a failed one is repeated after the next look.
 */
const repeatMs = 9_000;

/**
 * Reports to the bots which engines this worker can run, at each change and at intervals, and shows waiting users why
 * their engine is not ready.
 * @param credits latest balance of each remote engine's account
 * @param circuits circuits of the engines, so that admins see how long one has been open
 */
export function startReporter(
  periodic: PeriodicWork,
  dependencies: { reports: EngineReports; lanes: Lanes; messenger: Messenger; log: Log },
  engines: readonly Engine[],
  credits: ReadonlyMap<EngineId, string | null>,
  circuits: ReadonlyMap<EngineId, Pick<Circuit, 'openMs'>>,
): void {
  const announced = new Map<EngineId, EngineReadiness>();
  let reported: { readonly at: number; readonly states: readonly unknown[] } | undefined;
  const report = async (now: readonly { readonly engine: Engine; readonly readiness: EngineReadiness }[]) => {
    const reports = now.map(({ engine: { profile, models }, readiness }) => ({
      profile,
      models: models?.(),
      readiness,
      credit: credits.get(profile.id),
      circuitOpenMs: circuits.get(profile.id)?.openMs ?? null,
    }));
    // How long a circuit is open changes all the time; that it is open is reported once.
    const states = reports.map(({ readiness, models, credit, circuitOpenMs }) => [
      readiness,
      models?.map(({ state, change }) => [state, change]),
      credit,
      circuitOpenMs === null,
    ]);
    const at = performance.now();
    const isRecent = reported !== undefined && at - reported.at < repeatMs;
    if (isRecent && isDeepStrictEqual(reported?.states, states)) return;
    await dependencies.reports.report(reports);
    reported = { at, states };
  };
  periodic.every('engine reports', pollIntervalMs, async () => {
    const now = engines.map((engine) => ({ engine, readiness: engine.readiness() }));
    // Reports first, however slow the chats are: without them an engine soon counts as gone.
    await report(now);
    const changed = now.filter(
      ({ engine, readiness }) => !isDeepStrictEqual(announced.get(engine.profile.id), readiness),
    );
    for (const { engine, readiness } of changed) announced.set(engine.profile.id, readiness);
    await Promise.all(
      changed.map(({ engine, readiness }) => announceReadiness(dependencies, engine.profile.id, readiness)),
    );
  });
}

import { engineNames, isEngineId } from '../domain/engine-names.ts';
import { createPeriodicWork } from '../runtime/periodic-work.ts';
import { openDatabase } from '../store/client.ts';
import { readLatestReports } from '../store/engine-reports.ts';
import { silentLog } from './silent-log.ts';
import { renderEngine } from './summary.ts';

/** Pause between two looks while an engine is being prepared, in ms. */
const pollIntervalMs = 700;

/**
 * Prints a line for each engine when its readiness changes. Percentages appear only on a terminal, in place.
 * @param startedAt start of this run, as `performance.now()`; what an earlier run reported is not printed
 * @param settledMs pause between two looks while no engine is being prepared, in ms
 * @returns a function that stops it
 */
export function printEngines(
  databaseUrl: string,
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
  startedAt: number,
  settledMs = 5_000,
): () => Promise<void> {
  const database = openDatabase(databaseUrl, 1);
  const printed = new Map<string, string>();
  let inPlace = false;
  let nextCheckAt = 0;
  const round = async () => {
    if (performance.now() < nextCheckAt) return;
    const reports = await readLatestReports(database, performance.now() - startedAt);
    const isSettled = reports.length > 0 && reports.every(({ readiness }) => readiness.state !== 'preparing');
    nextCheckAt = isSettled ? performance.now() + settledMs : 0;
    for (const { engine, readiness } of reports) {
      const name = isEngineId(engine) ? engineNames[engine].en : engine;
      const state = readiness.state === 'preparing' ? readiness.stage : readiness.state;
      const moving = out.isTTY && readiness.state === 'preparing' && readiness.fraction !== null;
      const line = renderEngine(
        name,
        moving || readiness.state !== 'preparing' ? readiness : { ...readiness, fraction: null },
      );
      if (printed.get(engine) === (moving ? line : state)) continue;
      out.write(`${inPlace ? '\r\x1b[K' : ''}${line}${moving ? '' : '\n'}`);
      inPlace = moving;
      printed.set(engine, moving ? line : state);
    }
  };
  const periodic = createPeriodicWork(silentLog);
  periodic.every('engine lines', pollIntervalMs, round);
  return async () => {
    await periodic.stop();
    await database.close();
  };
}

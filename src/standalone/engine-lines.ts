import { engineNames, isEngineId } from '../domain/engine-names.ts';
import { createPeriodicWork } from '../runtime/periodic-work.ts';
import { openDatabase } from '../store/client.ts';
import { readLatestReports } from '../store/engine-reports.ts';
import { silentLog } from './silent-log.ts';
import { renderEngine } from './summary.ts';

const pollIntervalMs = 700;

/**
 * Prints a line for each engine when its readiness changes. Percentages appear only on a terminal, in place.
 * @param startedAt start of this run, as `performance.now()`; what an earlier run reported is not printed
 * @returns a function that stops it
 */
export function printEngines(
  databaseUrl: string,
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
  startedAt: number,
): () => Promise<void> {
  const database = openDatabase(databaseUrl, 1);
  const printed = new Map<string, string>();
  let inPlace = false;
  const round = async () => {
    for (const { engine, readiness } of await readLatestReports(database, performance.now() - startedAt)) {
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

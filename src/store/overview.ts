import type { Overview } from '../app/ports.ts';
import { transcriptionStates } from '../domain/transcription.ts';
import type { Database } from './client.ts';

/** More are not counted: a scrape must not cost more while more files wait. */
const mostCounted = 10_000;

/** A worker that has not reported for so long counts as gone, in seconds. */
const freshSeconds = 30;

/** What operators ask of the whole, at a price that does not grow with the queue. */
export function createOverview(database: Database): Overview {
  return {
    async depth() {
      const rows = await database.$queryRaw<
        { state: string; kind: 'local' | 'remote' | 'none'; files: number }[]
      >`
        SELECT state::text, CASE engine WHEN 'local' THEN 'local' ELSE CASE WHEN engine IS NULL THEN 'none' ELSE 'remote' END END AS kind,
               count(*)::int AS files
          FROM (SELECT state, engine FROM transcription
                 WHERE state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING') LIMIT ${mostCounted}::int) AS open
         GROUP BY 1, 2`;
      return rows.flatMap(({ state: name, kind, files }) => {
        const state = transcriptionStates.find((known) => known === name);
        return state === undefined ? [] : [{ state, kind, files }];
      });
    },
    async aliveWorkers() {
      const rows = await database.$queryRaw<{ workers: number }[]>`
        SELECT count(DISTINCT worker)::int AS workers FROM engine_report
         WHERE "reportedAt" > clock_timestamp() - make_interval(secs => ${freshSeconds})`;
      return rows[0]?.workers ?? 0;
    },
    async answers() {
      await database.$queryRaw`SELECT 1`;
    },
  };
}

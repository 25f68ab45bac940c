import type { Overview } from '../app/ports/operations.ts';
import { transcriptionStates } from '../domain/transcription.ts';
import type { Database } from './client.ts';

/** Fewer changes of the depth than this are left as they are; no more than this are folded at a time. */
const leastFolded = 100;
const mostFolded = 10_000;

/** A worker that has not reported for so long counts as gone, in seconds. */
const freshSeconds = 30;

/** What operators ask of the whole, at a price that does not grow with the queue. */
export function createOverview(database: Database): Overview {
  return {
    async depth() {
      const rows = await database.$queryRaw<
        { state: string; kind: 'local' | 'remote' | 'none'; files: number }[]
      >`
        SELECT state::text, CASE WHEN engine IS NULL THEN 'none' WHEN engine = 'local' THEN 'local' ELSE 'remote' END AS kind,
               sum(files)::int AS files
          FROM depth GROUP BY 1, 2`;
      return rows.flatMap(({ state: name, kind, files }) => {
        const state = transcriptionStates.find((known) => known === name);
        return state === undefined ? [] : [{ state, kind, files }];
      });
    },
    async foldDepth() {
      let rows: { folded: number }[];
      do {
        rows = await database.$queryRaw`SELECT depth_fold(${leastFolded}::int, ${mostFolded}::int) AS folded`;
      } while (rows[0]?.folded === mostFolded);
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

import type { Processes } from '../../app/admin/system-ports.ts';
import type { Database } from '../client.ts';
import { prepared } from '../statement.ts';

/** Maximum age of a report from a process that counts as alive, in seconds. */
const freshSeconds = 30;

/**
 * Time for which a process that ended without signing off stays listed, in minutes: long enough to
 * notice that it died.
 */
const shownMinutes = 10;

/**
 * Stores in PostgreSQL which processes run. Each reports itself.
 * @param name name of the process that reports
 */
export function createProcesses(database: Database, name: string, version: string): Processes {
  const startedAt = new Date();
  let pruned = false;
  return {
    async report({ role, freeBytes }) {
      // Every process has a name of its own, so each new process deletes the rows of processes that
      // ended long ago.
      if (!pruned) await database.execute`DELETE FROM process WHERE "seenAt" < now() - interval '1 day'`;
      pruned = true;
      const rows = await database.query<{ others: number }[]>(prepared`
        WITH reported AS (
          INSERT INTO process (name, role, version, "startedAt", "freeBytes", "seenAt")
          VALUES (${name}, ${role}, ${version}, ${startedAt}::timestamptz, ${freeBytes}::bigint, now())
          ON CONFLICT (name) DO UPDATE SET "freeBytes" = EXCLUDED."freeBytes", "seenAt" = EXCLUDED."seenAt"
        )
        SELECT count(*)::int AS others FROM process
         WHERE name <> ${name} AND "seenAt" > now() - make_interval(secs => ${freshSeconds})`);
      return 1 + (rows[0]?.others ?? 0);
    },
    async leave() {
      await database.execute`DELETE FROM process WHERE name = ${name}`;
    },
    async list() {
      const rows = await database.query<Row[]>`
        SELECT p.name, p.role, p.version, p."startedAt", p."seenAt", p."freeBytes",
               p."seenAt" > now() - make_interval(secs => ${freshSeconds}) AS "isAlive",
               COALESCE(running.files, '{}') AS files
          FROM process p LEFT JOIN (
            SELECT l.holder, array_agg(t.id ORDER BY t.id) AS files
              FROM transcription t JOIN lane l ON l."activeId" = t.id WHERE t.state = 'PROCESSING' GROUP BY l.holder
          ) AS running ON running.holder = p.name
         WHERE p."seenAt" > now() - make_interval(mins => ${shownMinutes}::int) ORDER BY p.role, p."startedAt" DESC, p.name LIMIT 200`;
      return rows.map((row) => ({
        ...row,
        freeBytes: row.freeBytes === null ? null : Number(row.freeBytes),
        files: row.files.map(Number),
      }));
    },
  };
}

type Row = {
  name: string;
  role: string;
  version: string;
  startedAt: Date;
  seenAt: Date;
  freeBytes: bigint | null;
  isAlive: boolean;
  files: bigint[];
};

import type { Database } from '../../src/store/client.ts';

/**
 * The tables that grow. The database counts what is read from them while the program runs as in production: a
 * sequential scan is seen wherever it happens, in a function, a trigger or a foreign key's check, and an index that is
 * read from end to end shows in the rows. (engine_report has a row for each worker and engine, and is read whole.)
 */
const tables = [
  'user',
  'chat',
  'setting',
  'lane',
  'transcription',
  'transcript',
  'part',
  'delivery',
  'state_change',
  'usage',
  'invitation',
  'feedback',
  'audit',
  'broadcast',
  'engine_test',
  'worker_loss',
  'search',
  'history_view',
  'forgetting',
  'export',
  'answer_message',
  'correction',
  'glossary_entry',
  'dialog',
  'backup',
  'log_line',
];

/** lane_before counts up to 100 files ahead; nothing else reads more than a few rows. */
const fewRows = 130;

type Reads = { readonly scans: number; readonly rows: number };

export type WatchedReads = {
  /** Makes a call and holds what it reads against what it may: so many rows of each table at most, none of them by a scan. */
  watched<T>(name: string, call: () => Promise<T>, mostRows?: number): Promise<T>;
  /** What each call read beyond what it may, in words. */
  tooMuch(): string[];
};

/** @param database with one connection: what that has planned and counted is all there is */
export function watchReads(database: Database): WatchedReads {
  const found = new Set<string>();
  /** Sequential scans of each table until now, and rows read from it in any way. */
  const readsSoFar = async (): Promise<Map<string, Reads>> => {
    await database.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
    const counts = await database.$queryRaw<(Reads & { table: string })[]>`
      SELECT relname AS table, seq_scan::int AS scans, (seq_tup_read + idx_tup_fetch)::int AS rows
        FROM pg_stat_user_tables WHERE relname = ANY(${tables})`;
    return new Map(counts.map(({ table, ...reads }) => [table, reads]));
  };
  return {
    async watched(name, call, mostRows = fewRows) {
      const before = await readsSoFar();
      const answer = await call();
      for (const [table, { scans, rows }] of await readsSoFar()) {
        const scanned = scans - (before.get(table)?.scans ?? 0);
        const read = rows - (before.get(table)?.rows ?? 0);
        if (scanned > 0) found.add(`${name} reads ${table} from end to end`);
        if (read > mostRows) found.add(`${name} reads ${read} rows of ${table}`);
      }
      return answer;
    },
    tooMuch: () => [...found],
  };
}

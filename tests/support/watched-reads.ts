import type { Database } from '../../src/store/client.ts';

/**
 * The tables that grow. The database counts the reads of them while the program runs as in production: a
 * sequential scan is detected wherever it happens, in a function, a trigger or a foreign key's check, and a
 * scan of a whole index shows in the rows. (engine_report has a row for each worker and engine, and is read
 * whole.)
 */
const tables = [
  'user',
  'chat',
  'setting',
  'lane',
  'transcription',
  'transcript',
  'chunk',
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
  'erasure',
  'export',
  'answer_message',
  'correction',
  'glossary_entry',
  'dialog',
  'backup',
  'log_line',
  'understanding_task',
  'understanding_call',
  'understanding_spend',
  'minutes_template',
];

/** lane_before counts up to 100 files ahead; nothing else reads more than a few rows. */
const fewRows = 130;

type Reads = { readonly scans: number; readonly rows: number };

export type WatchedReads = {
  /**
   * Makes a call and compares its reads with its limit: a maximum number of rows of each table, none of them by a
   * scan.
   */
  watched<T>(name: string, call: () => Promise<T>, maxRows?: number): Promise<T>;
  /** Returns descriptions of the reads of each call beyond its limit. */
  extraWordCost(): string[];
};

/** @param database a client with one connection, so that its plans and counts are all there are */
export function watchReads(database: Database): WatchedReads {
  const found = new Set<string>();
  /** Returns the sequential scans of each table until now, and the rows read from it in any way. */
  const readsSoFar = async (): Promise<Map<string, Reads>> => {
    await database.query`SELECT pg_stat_force_next_flush()::text`;
    const counts = await database.query<(Reads & { table: string })[]>`
      SELECT relname AS table, seq_scan::int AS scans, (seq_tup_read + idx_tup_fetch)::int AS rows
        FROM pg_stat_user_tables WHERE relname = ANY(${tables})`;
    return new Map(counts.map(({ table, ...reads }) => [table, reads]));
  };
  return {
    async watched(name, call, maxRows = fewRows) {
      const before = await readsSoFar();
      const answer = await call();
      for (const [table, { scans, rows }] of await readsSoFar()) {
        const scanned = scans - (before.get(table)?.scans ?? 0);
        const read = rows - (before.get(table)?.rows ?? 0);
        if (scanned > 0) found.add(`${name} reads ${table} from end to end`);
        if (read > maxRows) found.add(`${name} reads ${read} rows of ${table}`);
      }
      return answer;
    },
    extraWordCost: () => [...found],
  };
}

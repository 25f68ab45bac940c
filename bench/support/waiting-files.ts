import { performance } from 'node:perf_hooks';
import pg from 'pg';
import type { Lanes, Outcome } from '../../src/app/ports/lanes.ts';
import type { Token } from '../../src/domain/transcription.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { fillLanes } from '../../tests/support/full-lanes.ts';
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts';
import { patientLanes, submitted, upload } from '../../tests/support/uploads.ts';
import type { BenchDatabase } from './database.ts';

/** The lane's steps for one file. */
const steps = ['submit', 'choose', 'claim', 'heartbeat', 'finish'] as const;
export type Step = (typeof steps)[number];

/** Average cost of one file for the server. */
export type ServerCost = {
  /** Pages of 8 KB that were read. */
  readonly pages: number;
  /** Rows that were read, from indexes or without. */
  readonly rows: number;
  /** Bytes of the write-ahead log. */
  readonly walBytes: number;
  /** Whole pages in it: PostgreSQL logs each the first time that it changes after a checkpoint. */
  readonly walPages: number;
};

/** A database with a constant number of waiting files: for every file that is added, one ends. */
export class WaitingFiles {
  /** Times of each step of each file, in ms. */
  readonly times: Record<Step, number>[] = [];
  readonly #server: BenchDatabase;
  readonly #database: TestDatabase;
  readonly #lanes: Lanes;
  readonly #users: number;
  /** The token of the next file, in lanes that have moved since they were filled. */
  readonly #heads = new Map<number, Token | null>();
  #passed = 0;
  #rowsBefore = 0;

  private constructor(server: BenchDatabase, users: number) {
    this.#server = server;
    this.#users = users;
    this.#database = openTestDatabase(server.url, 1);
    this.#lanes = createLanes(this.#database, {
      ...patientLanes,
      dispatchMs: 86_400_000,
      maxOpenFiles: 2_000_000_000,
    });
  }

  static async fill(server: BenchDatabase, waiting: number, users: number): Promise<WaitingFiles> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await fillLanes(client, { from: 1, users, ended: 0, open: waiting / users });
    await client.query('VACUUM ANALYZE');
    // From here on every page is logged whole once more, as happens every few minutes in a running server.
    await client.query('CHECKPOINT');
    await client.end();
    return new WaitingFiles(server, users);
  }

  /** Adds one file at the end of a user's line, and runs the one at its head from its claim to its end. */
  async passOne(): Promise<void> {
    // Far from the last user, as it is with many users.
    const user = 1 + ((this.#passed * 7_919) % this.#users);
    this.#passed += 1;
    // Filled in the order of seq and user, so that the first files have the ids of their users.
    const head = this.#heads.get(user) ?? { id: user, fence: 1, engine: 'local' };
    const times = Object.fromEntries(steps.map((step) => [step, 0])) as Record<Step, number>;
    const timed = async <T>(step: Step, call: () => Promise<T>): Promise<T> => {
      const start = performance.now();
      const answer = await call();
      times[step] = performance.now() - start;
      return answer;
    };
    const file = upload({ user, messageId: 10_000_000 + this.#passed });
    const { id } = await timed('submit', () => submitted(this.#lanes, file));
    await timed('choose', () => this.#lanes.choose(id, user, 'local'));
    const job = await timed('claim', () => this.#lanes.claim(head, 'bench'));
    if (job === null) throw new Error(`nothing to claim in the lane of ${user}`);
    await timed('heartbeat', () => this.#lanes.heartbeat(job));
    const { next } = await timed('finish', () => this.#lanes.finish(job, outcome));
    this.#heads.set(user, next);
    this.times.push(times);
  }

  /** Sets all counts to zero. */
  async reset(): Promise<void> {
    this.times.length = 0;
    await this.#server.resetCounts();
    this.#rowsBefore = await this.#rowsRead();
  }

  /** Returns the server's cost of one file since then. */
  async serverCost(): Promise<ServerCost> {
    const [sums] = await this.#server.query(
      `SELECT sum(shared_blks_hit + shared_blks_read)::float8 AS pages, sum(wal_bytes)::float8 AS "walBytes",
              sum(wal_fpi)::float8 AS "walPages"
         FROM pg_stat_statements WHERE toplevel AND query LIKE '%lane\\_%'
          AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    const perFile = (name: string) => Number(sums?.[name]) / this.times.length;
    return {
      pages: perFile('pages'),
      rows: ((await this.#rowsRead()) - this.#rowsBefore) / this.times.length,
      walBytes: perFile('walBytes'),
      walPages: perFile('walPages'),
    };
  }

  async close(): Promise<void> {
    await this.#database.close();
    await this.#server.close();
  }

  async #rowsRead(): Promise<number> {
    await this.#database.query`SELECT pg_stat_force_next_flush()::text`;
    const [sums] = await this.#server.query(
      'SELECT sum(seq_tup_read + idx_tup_fetch)::float8 AS rows FROM pg_stat_user_tables',
    );
    return Number(sums?.['rows']);
  }
}

const outcome: Outcome = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 5,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [{ kind: 'text', part: 0, payload: { text: 'سلام' } }],
};

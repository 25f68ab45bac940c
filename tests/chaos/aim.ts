import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { TokenBackend } from '../../src/queue/backend.ts';
import { queueName } from '../../src/queue/token.ts';
import type { Member } from './fleet.ts';
import { isHeldBy } from './liveness.ts';

/** Maximum length of a pause, in ms, even when no other worker takes the files. */
const maxPauseMs = 15_000;

/** Reads the lanes, so that blows hit processes that have work. */
export class Aim {
  readonly #database: pg.Pool;
  readonly #workers: readonly Member[];
  readonly #tokens: TokenBackend;
  #resent = 0;

  constructor(database: pg.Pool, workers: readonly Member[], tokens: TokenBackend) {
    this.#database = database;
    this.#workers = workers;
    this.#tokens = tokens;
  }

  /** Returns a worker that has files under way and is not paused; any worker, when there is none. */
  async busyWorker(luck: number): Promise<Member> {
    const rows = await this.#look<{ holder: string }>(
      `SELECT DISTINCT holder FROM lane WHERE holder IS NOT NULL ORDER BY holder`,
    );
    const busy = this.#workers.filter(
      ({ pid, paused }) => !paused && rows.some(({ holder }) => isHeldBy(holder, pid)),
    );
    const from = busy.length > 0 ? busy : this.#workers;
    return from[Math.floor(luck * from.length)] as Member;
  }

  /**
   * Resolves when other workers have at least one of this process's files: continuing then, as if it still
   * had them, does the most harm.
   */
  async filesTaken(pid: number): Promise<void> {
    const held = await this.#holders();
    const its = [...held].filter(([, holder]) => isHeldBy(holder, pid)).map(([file]) => file);
    const end = performance.now() + maxPauseMs;
    const taken = async () => {
      const now = await this.#holders();
      return its.some((file) => now.has(file) && !isHeldBy(now.get(file) ?? '', pid));
    };
    while (its.length > 0 && performance.now() < end && !(await taken())) await sleep(20);
  }

  /** Delivers used tokens again: those by which the files under way were claimed. */
  async resendOldTokens(): Promise<void> {
    const rows = await this.#look<{ id: number; fence: number }>(
      `SELECT "activeId"::float8 AS id, fence - 1 AS fence FROM lane WHERE holder IS NOT NULL`,
    );
    const queue = this.#tokens.queue(queueName('local'));
    for (const token of rows) {
      this.#resent += 1;
      const options = { jobId: `again-${this.#resent}`, removeOnComplete: true, removeOnFail: true };
      await queue.add('transcribe', { ...token, engine: 'local' }, options).catch(() => undefined);
    }
    await queue.close();
  }

  async #holders(): Promise<Map<string, string>> {
    const rows = await this.#look<{ file: string; holder: string }>(
      `SELECT "activeId" AS file, holder FROM lane WHERE holder IS NOT NULL`,
    );
    return new Map(rows.map(({ file, holder }) => [file, holder]));
  }

  /** Returns no rows while the database recovers from a crash. */
  async #look<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
    return this.#database.query<Row>(sql).then(
      ({ rows }) => rows,
      () => [],
    );
  }
}

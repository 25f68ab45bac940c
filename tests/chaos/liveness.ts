import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Member } from './fleet.ts';
import type { Violation } from './invariants.ts';

/** Interval between two polls of the claims, in ms. */
const pollIntervalMs = 200;

/**
 * Number of files that others take, over a minimum time in ms, after which a running worker that took none
 * counts as stuck. Of three healthy workers, one misses 40 in a row once in ten million times.
 */
const missed = 40;
const missedMs = 5_000;

/** Maximum time at the end for processes that are still starting, in ms. */
const startingMs = 20_000;

type State = { readonly since: number; others: number };

/** Checks that each living worker takes files, after every blow and at the end. */
export class Liveness {
  readonly violations: Violation[] = [];
  readonly #database: pg.Pool;
  readonly #workers: readonly Member[];
  readonly #states = new Map<number, State>();
  readonly #idle = new Set<number>();
  #lastEvent = 0;

  constructor(database: pg.Pool, workers: readonly Member[]) {
    this.#database = database;
    this.#workers = workers;
  }

  /** Records all claims until `signal` aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const holders = await this.#newClaims();
      for (const worker of this.#workers) this.#judge(worker, holders);
      await sleep(pollIntervalMs);
    }
  }

  /**
   * Sends files at the end of the run until each worker has taken one.
   * @param send sends a number of files, each of another person, and resolves when they have ended
   */
  async allTakeFiles(send: (files: number) => Promise<void>): Promise<void> {
    const end = performance.now() + startingMs;
    while (this.#workers.some(({ isWell }) => !isWell) && performance.now() < end)
      await sleep(pollIntervalMs);
    await this.#newClaims();
    let silent = this.#workers.filter(({ pid }) => !this.#idle.has(pid));
    const atOnce = 2 * this.#workers.length;
    for (let sent = 0; sent < missed && silent.length > 0; sent += atOnce) {
      await send(atOnce);
      const holders = await this.#newClaims();
      if (holders.length === 0) break;
      silent = silent.filter(({ pid }) => !holders.some((holder) => isHeldBy(holder, pid)));
    }
    for (const { pid } of silent) this.#report(pid, 'took no file at the end');
  }

  #judge({ pid, isWell }: Member, holders: readonly string[]): void {
    const own = holders.filter((holder) => isHeldBy(holder, pid)).length;
    const known = this.#states.get(pid);
    const state = known === undefined || own > 0 || !isWell ? { since: performance.now(), others: 0 } : known;
    if (isWell) state.others += own > 0 ? 0 : holders.length;
    this.#states.set(pid, state);
    const forMs = performance.now() - state.since;
    if (state.others >= missed && forMs >= missedMs)
      this.#report(pid, `took none of ${state.others} files in ${Math.round(forMs / 1000)} s`);
  }

  #report(pid: number, what: string): void {
    if (this.#idle.has(pid)) return;
    this.#idle.add(pid);
    this.violations.push({ promise: 'each living worker takes files', what: `worker ${pid} ${what}` });
  }

  /**
   * Returns the holders that claimed files since the last poll; none while the database recovers from a
   * crash.
   */
  async #newClaims(): Promise<string[]> {
    const { rows } = await this.#database
      .query<{ id: number; holder: string }>(
        `SELECT id::int, holder FROM chaos.event WHERE id > $1 AND "to" = 'CLAIMED' ORDER BY id`,
        [this.#lastEvent],
      )
      .catch(() => ({ rows: [] }));
    this.#lastEvent = rows.at(-1)?.id ?? this.#lastEvent;
    return rows.map(({ holder }) => holder);
  }
}

/** Returns whether a holder's name (host, process id, random part) is of this process. */
export function isHeldBy(holder: string, pid: number): boolean {
  return holder.includes(`:${pid}:`);
}

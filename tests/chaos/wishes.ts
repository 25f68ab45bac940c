import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { TranscriptionState } from '../../src/domain/transcription.ts';
import type { Arrival, Wish } from './arrivals.ts';
import { type Member, untilTaken } from './fleet.ts';

/** Interval at which users look at their files, in ms. */
const pollIntervalMs = 150;

const ended: readonly TranscriptionState[] = ['COMPLETED', 'FAILED', 'CANCELLED'];

/** What users request for their files: to cancel or delete them in a certain state, or to retry them. */
export class Wishes {
  /** Files whose deletion a bot has acknowledged; the database has no row of them. */
  readonly deleted = new Set<string>();
  /** Files whose user pressed Retry. */
  readonly retried = new Set<string>();
  readonly #database: pg.Pool;
  readonly #bots: readonly Member[];
  readonly #open = new Map<string, Wish>();
  readonly #retrying = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(database: pg.Pool, bots: readonly Member[]) {
    this.#database = database;
    this.#bots = bots;
  }

  add(uploadKey: string, { wish, retries }: Pick<Arrival, 'wish' | 'retries'>): void {
    if (wish !== null) this.#open.set(uploadKey, wish);
    else if (retries) this.#retrying.add(uploadKey);
  }

  /** Carries out requests as files reach the expected states, until `signal` aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // While the database recovers from a crash there is nothing to read.
      await this.look().catch(() => undefined);
      await sleep(pollIntervalMs);
    }
    await Promise.all(this.#underWay);
  }

  /**
   * Makes the requests that are due. Resolves to true when nothing remains to be requested for the files as
   * they are.
   */
  async look(): Promise<boolean> {
    const { rows } = await this.#database.query<{ key: string; state: TranscriptionState }>(
      `SELECT "uploadKey" AS key, state FROM transcription
        WHERE "uploadKey" = ANY($1) OR (state = 'FAILED' AND "uploadKey" = ANY($2))`,
      [[...this.#open.keys()], [...this.#retrying]],
    );
    for (const { key, state } of rows) {
      const wish = this.#open.get(key);
      if (wish !== undefined && (wish.when === state || ended.includes(state))) this.#press(key, wish.kind);
      if (wish === undefined && this.#retrying.has(key)) this.#press(key, 'retry');
    }
    return this.#open.size === 0 && this.#underWay.size === 0;
  }

  #press(uploadKey: string, kind: 'cancel' | 'delete' | 'retry'): void {
    this.#open.delete(uploadKey);
    this.#retrying.delete(uploadKey);
    if (kind === 'retry') this.retried.add(uploadKey);
    const pressing = this.#pressed(uploadKey, kind);
    this.#underWay.add(pressing);
    void pressing.finally(() => this.#underWay.delete(pressing));
  }

  async #pressed(uploadKey: string, kind: 'cancel' | 'delete' | 'retry'): Promise<void> {
    const bot = uploadKey.length + this.#underWay.size;
    await untilTaken(this.#bots, { kind, uploadKey }, bot);
    if (kind === 'delete') this.deleted.add(uploadKey);
    // Where no worker is up, a retry asks for an engine first.
    if (kind === 'retry') await untilTaken(this.#bots, { kind: 'choose', uploadKey }, bot);
  }
}

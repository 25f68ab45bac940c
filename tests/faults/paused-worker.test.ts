// The fault numbers in titles are those of docs/faults.md.

import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { movesOf, startsIn } from '../support/lane-history.ts';
import type { Person } from '../support/person.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;

/**
 * A pause as on a machine that swaps, sleeps or is migrated. Windows cannot stop a process and let it
 * continue.
 */
describe.skipIf(process.platform === 'win32')(
  'fault 3: a worker that is paused past its lease (needs SIGSTOP)',
  () => {
    let dabir: ForkedDabir;
    let slow: Fork;
    let sara: Person;

    beforeEach(async () => {
      dabir = await startForkedDabir();
      await dabir.startBot();
      slow = await dabir.startWorker();
      sara = await dabir.person('سارا', 'fa');
      dabir.engine.hold();
    });
    afterEach(() => dabir.close());

    test('fault 3: a worker that is paused past its lease in the middle of a file loses it to another, and commits nothing later', async () => {
      const { note } = await sara.asksFor('tone.ogg', voice);
      const late = await dabir.engine.call(1);
      slow.pause();
      const quick = await dabir.startWorker();
      const second = await dabir.engine.call(2);
      second.reply({ text: 'سلام دنیا' });
      expect(await answerTo(sara, note)).toEqual(onceAndWhole);

      // It has waited in the socket since before the other worker began.
      late.reply({ text: 'too late' });
      slow.resume();
      await slow.logs('lease lost');
      const { note: next } = await sara.asksFor('tone.ogg', voice);
      await dabir.engine.call(3);
      dabir.engine.release();
      expect(await answerTo(sara, next)).toEqual(onceAndWhole);
      expect(await answerTo(sara, note)).toEqual(onceAndWhole);
      const [first, again] = startsIn(await movesOf(dabir.database, [sara]));
      expect([first?.worker, again?.worker]).toEqual([slow.pid, quick.pid]);
      expect((await dabir.database.transcript.findMany()).map(({ text }) => text)).not.toContain('too late');
    });

    test('fault 3: a worker that is paused past its lease with its commit already on the way is refused by the database', async () => {
      const { note } = await sara.asksFor('tone.ogg', voice);
      const late = await dabir.engine.call(1);
      const inTheWay = await holdLane(dabir, sara);
      late.reply({ text: 'too late' });
      await inTheWay.untilSomebodyWaits('lane_finish');
      slow.pause();
      await inTheWay.sweepWhenTheLeaseHasLapsed();
      await inTheWay.letGo();
      slow.resume();
      await slow.logs('commit refused: the lease was lost');

      await dabir.startWorker();
      await dabir.engine.call(2);
      dabir.engine.release();
      expect(await answerTo(sara, note)).toEqual(onceAndWhole);
      expect((await dabir.database.transcript.findMany()).map(({ text }) => text)).toEqual(['سلام دنیا']);
    });
  },
);

/** Opens a transaction that locks a user's lane, so that all other transactions on it wait. */
async function holdLane({ database, databaseUrl }: ForkedDabir, { id }: Person) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM lane WHERE "userId" = $1 FOR UPDATE', [id]);
  return {
    untilSomebodyWaits: (statement: string) =>
      until(async () => {
        const [row] = await database.query<{ waiting: bigint }[]>`
          SELECT count(*) AS waiting FROM pg_stat_activity
           WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE ${`%${statement}%`}`;
        return row?.waiting;
      }),
    /** Sweeps as another process would, had it come before the commit. */
    async sweepWhenTheLeaseHasLapsed() {
      await until(async () => {
        const { rows } = await client.query<{ lapsed: boolean }>(
          'SELECT "leaseUntil" < clock_timestamp() AS lapsed FROM lane WHERE "userId" = $1',
          [id],
        );
        return rows[0]?.lapsed;
      });
      // A sweep's time is the beginning of its transaction, which here lies before the lapse.
      await client.query(`UPDATE lane SET "leaseUntil" = now() - interval '1 second' WHERE "userId" = $1`, [
        id,
      ]);
      await client.query('SELECT lane_sweep(100, 2000)');
    },
    async letGo() {
      await client.query('COMMIT');
      await client.end();
    },
  };
}

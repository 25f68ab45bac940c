// The fault numbers in titles are those of docs/faults.md.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { movesOf, startsIn } from '../support/lane-history.ts';
import type { Person } from '../support/person.ts';

const voice = { kind: 'voice' } as const;

/** Windows has no SIGTERM: `npm start` asks its processes by a message, there and everywhere. */
describe.skipIf(process.platform === 'win32')('fault 4: in a deploy (needs SIGTERM)', () => {
  let dabir: ForkedDabir;
  let bot: Fork;
  let sara: Person;
  let emma: Person;

  beforeEach(async () => {
    // The lease is so long that only the worker itself can requeue its file in time.
    dabir = await startForkedDabir({ env: { LEASE_SECONDS: '600' } });
    bot = await dabir.startBot();
    [sara, emma] = [await dabir.person('Sara', 'en'), await dabir.person('Emma', 'en')];
    dabir.engine.hold();
  });
  afterEach(() => dabir.close());

  test('fault 4: in a deploy, a worker within its grace time takes nothing new, ends what it has, and exits with 0', async () => {
    const old = await dabir.startWorker({ SHUTDOWN_GRACE_SECONDS: '30' });
    const running = await sara.asksFor('tone.ogg', voice);
    const call = await dabir.engine.call(1);
    old.signal('SIGTERM');
    await old.logs('stopping', 'SIGTERM');
    const waiting = await emma.asksFor('tone.ogg', voice);
    call.reply({ text: 'سلام دنیا' });
    expect(await old.end()).toBe(0);
    expect(dabir.engine.calls).toHaveLength(1);

    // On a slow machine the answer was left in the outbox.
    const fresh = await dabir.startWorker();
    dabir.engine.release();
    expect(await answerTo(sara, running.note)).toEqual(onceAndWhole);
    expect(await answerTo(emma, waiting.note)).toEqual(onceAndWhole);
    expect(await workers(sara)).toEqual([old.pid]);
    expect(await workers(emma)).toEqual([fresh.pid]);
  });

  test('fault 4: in a deploy, a worker past its grace time requeues its file, which another claims at once, without counting an attempt', async () => {
    const old = await dabir.startWorker({ SHUTDOWN_GRACE_SECONDS: '1' });
    const { note } = await sara.asksFor('tone.ogg', voice);
    const call = await dabir.engine.call(1);
    const fresh = await dabir.startWorker();
    old.signal('SIGTERM');
    await dabir.engine.call(2);
    expect(call.left).toBe(true);
    dabir.engine.release();
    expect(await old.end()).toBe(0);
    expect(await answerTo(sara, note)).toEqual(onceAndWhole);
    expect(await workers(sara)).toEqual([old.pid, fresh.pid]);
    expect(await dabir.database.transcription.findFirst()).toMatchObject({ state: 'COMPLETED', attempts: 1 });
  });

  test('fault 4: in a deploy, all processes are replaced one after the other while files come in, and nothing is lost or stuck', async () => {
    dabir.engine.release();
    const notes: number[] = [];
    for (const worker of [await dabir.startWorker(), await dabir.startWorker()]) {
      for (let count = 0; count < 3; count += 1) notes.push((await sara.asksFor('tone.ogg', voice)).note);
      worker.signal('SIGTERM');
      expect(await worker.end()).toBe(0);
      await dabir.startWorker();
    }
    bot.signal('SIGTERM');
    const unseen = await sara.sends('tone.ogg', voice);
    expect(await bot.end()).toBe(0);
    await dabir.startBot();
    await sara.chooses(unseen);
    for (const note of [...notes, unseen]) expect(await answerTo(sara, note)).toEqual(onceAndWhole);
    expect((await dabir.database.lane.findFirst())?.activeId).toBeNull();
  });

  async function workers(person: Person): Promise<(number | null)[]> {
    return startsIn(await movesOf(dabir.database, [person])).map(({ worker }) => worker);
  }
});

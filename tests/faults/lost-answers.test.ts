/**
 * PostgreSQL goes away at the worst moment of one statement: before it arrives, and after it was executed but
 * before its result arrived. No process of Dabir dies, no message is sent twice, and no engine is asked
 * twice.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import { freshDatabase } from '../support/databases.ts';
import { FaultyProxy, type Loss } from '../support/faulty-proxy.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;

/** Downtime of the database, in ms: many calls fail in it, and no lease runs out. */
const awayMs = 600;

let door: FaultyProxy;
let drop: () => Promise<void>;
let dabir: ScriptedDabir;
let emma: Person;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  door = await FaultyProxy.open(fresh.url);
  dabir = await startScriptedDabir({ databaseUrl: door.url });
  emma = await dabir.person('Emma', 'en');
  // Only a glossary with entries is read.
  await emma.says('/queue');
  await emma.reads(emma.word('queue-empty'));
  await dabir.shared.glossary.add(emma.id, null, 'Dabir');
});
afterAll(async () => {
  await dabir.close();
  await door.close();
  await drop();
});

const fileOf = (note: number) =>
  dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: emma.id, messageId: note } });

describe.each<Loss>(['unheard', 'lost-answer'])('a statement that is %s', (loss) => {
  test.each([
    ['the claim of a file', 'lane_claim('],
    ['a heartbeat', 'lane_heartbeat('],
    ['the read of the hotwords', 'FROM glossary_entry WHERE'],
    ['the commit of a result', 'lane_finish('],
    ['the mark of a message', 'deliveries_sent('],
  ])(
    'when the connection breaks at %s, there is one question, one answer and one call of the engine',
    async (_name, words) => {
      const calls = dabir.engine.taken.length;
      // A heartbeat comes while the engine works.
      dabir.engine.next({ holds: true });
      const failed = door.failAt(words, loss, awayMs);
      const note = await emma.sends('tone.ogg', voice);
      const { message_id: status } = await emma.status(note);
      await emma.presses(status, 'LOCAL');
      await until(() => dabir.engine.taken.length > calls);
      if (words.startsWith('lane_heartbeat')) await failed;
      dabir.engine.release();
      expect(await answerTo(emma, note)).toEqual(onceAndWhole);
      await failed;
      // Until then the outbox may send it a second time.
      await until(async () => (await fileOf(note)).deliverAfter === null);
      expect(await answerTo(emma, note)).toEqual(onceAndWhole);
      expect(dabir.engine.taken.length - calls).toBe(1);
      expect((await fileOf(note)).attempts).toBe(1);
    },
  );

  test('when the connection breaks at the id of the question, it is asked once', async () => {
    const failed = door.failAt('SET "statusMessageId"', loss, awayMs);
    const note = await emma.sends('tone.ogg', voice);
    await failed;
    // The sweep asks again for a file without the id of its question.
    await until(() =>
      dabir.shared.database.transcription
        .updateMany({ where: { userId: emma.id, messageId: note }, data: { runAfter: new Date(0) } })
        .then(
          () => true,
          () => false,
        ),
    );
    await until(async () => (await fileOf(note)).statusMessageId !== null);
    expect(emma.answers(note)).toHaveLength(1);
  });
});

test('a choice that was committed without a response is shown like any other', async () => {
  const usual = await emma.sends('tone.ogg', voice);
  const told = await emma.presses((await emma.status(usual)).message_id, 'LOCAL');
  await answerTo(emma, usual);

  const note = await emma.sends('tone.ogg', voice);
  const { message_id: status } = await emma.status(note);
  const failed = door.failAt('lane_choose(', 'lost-answer', awayMs);
  expect(await emma.presses(status, 'LOCAL')).toBe(told);
  await failed;
  expect(await answerTo(emma, note)).toEqual(onceAndWhole);
});

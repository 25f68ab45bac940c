// The fault numbers in titles are those of docs/faults.md.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { maxActiveIn, movesOf } from '../support/lane-history.ts';
import { OwnPostgres } from '../support/own-postgres.ts';

const voice = { kind: 'voice' } as const;

let postgres: OwnPostgres;
let dabir: ForkedDabir;
let bot: Fork;
let worker: Fork;

beforeAll(async () => {
  postgres = await OwnPostgres.start();
  dabir = await startForkedDabir({ databaseUrl: postgres.url });
  bot = await dabir.startBot();
  worker = await dabir.startWorker({ WORKER_LOCAL: '2' });
});
afterAll(async () => {
  await dabir.close();
  await postgres.remove();
});

test('fault 7: while PostgreSQL is away for longer than a lease, transcripts are kept, running files run again, updates wait at Telegram, and nothing is lost', async () => {
  const [sara, emma, liam] = [
    await dabir.person('سارا', 'fa'),
    await dabir.person('Emma', 'en'),
    await dabir.person('Liam', 'en'),
  ];
  dabir.engine.hold();
  const uncommitted = await liam.asksFor('tone.ogg', voice);
  const heard = await dabir.engine.call(1);
  const running = await sara.asksFor('tone.ogg', voice);
  const waiting = await sara.asksFor('tone.ogg', voice);
  const unheard = await dabir.engine.call(2);

  await postgres.goDown();
  heard.reply({ text: 'heard while nothing could be committed' });
  await worker.logs('the result waits for it');
  const unseen = [await emma.sends('tone.ogg', voice), await emma.sends('tone.ogg', voice)];
  await bot.logs('update not handled to its end');
  // A worker that cannot renew its lease stops by itself before another may begin.
  await worker.logs('lease lost');
  expect(unheard.left).toBe(true);
  dabir.engine.release();
  await postgres.comeBack();

  for (const note of unseen) await emma.chooses(note);
  for (const note of unseen) expect(await answerTo(emma, note)).toEqual(onceAndWhole);
  for (const { note } of [running, waiting]) expect(await answerTo(sara, note)).toEqual(onceAndWhole);
  // The engine was paid once; a second call is possible only where another worker claimed the file before the
  // commit.
  const { texts } = await answerTo(liam, uncommitted.note);
  expect(texts).toEqual(['heard while nothing could be committed']);
  expect(maxActiveIn(await movesOf(dabir.database, [sara, emma, liam]))).toBe(1);
  const files = await dabir.database.transcription.findMany({
    where: { userId: emma.id },
    orderBy: { seq: 'asc' },
  });
  expect(files.map(({ messageId }) => messageId)).toEqual(unseen);
  expect(await dabir.database.transcript.count()).toBe(5);
});

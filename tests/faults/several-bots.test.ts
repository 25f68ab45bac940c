// The fault numbers in titles are those of docs/faults.md.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { maxActiveIn, movesOf, startsIn } from '../support/lane-history.ts';
import { until } from '../support/until.ts';
import { WebhookSender } from '../support/webhook-sender.ts';

const voice = { kind: 'voice' } as const;

let dabir: ForkedDabir;
let bots: Fork[];
let webhookSender: WebhookSender;

beforeAll(async () => {
  dabir = await startForkedDabir();
  bots = await Promise.all([dabir.startWebhookBot(), dabir.startWebhookBot(), dabir.startWebhookBot()]);
  await Promise.all([dabir.startWorker(), dabir.startWorker()]);
});
afterEach(() => webhookSender.stop());
afterAll(() => dabir.close());

const anyOf = (number: number) => bots.slice(number % bots.length).slice(0, 1);

test('fault 8: the same update fifty times at once on three bots gives one transcription, which starts once, and one answer', async () => {
  webhookSender = new WebhookSender(dabir.playground, bots, () =>
    Array.from({ length: 50 }, (_, copy) => anyOf(copy)).flat(),
  );
  const sara = await dabir.person('سارا', 'fa');
  const { note } = await sara.asksFor('tone.ogg', voice);
  await until(() => webhookSender.handled === 50);
  expect(await answerTo(sara, note)).toEqual(onceAndWhole);
  expect(await dabir.database.transcription.count({ where: { userId: sara.id } })).toBe(1);
  expect(startsIn(await movesOf(dabir.database, [sara]))).toHaveLength(1);
});

test('fault 9: twenty files of one user on three bots and two workers run one at a time, in order of arrival', async () => {
  webhookSender = new WebhookSender(dabir.playground, bots, ({ update_id }) => anyOf(update_id));
  const sara = await dabir.person('سارا', 'fa');
  dabir.engine.hold();
  const notes = await Promise.all(Array.from({ length: 20 }, () => sara.sends('tone.ogg', voice)));
  await Promise.all(notes.map((note) => sara.status(note)));
  const waiting = await dabir.database.transcription.count({ where: { userId: sara.id, state: 'PENDING' } });
  expect(waiting).toBe(19);
  dabir.engine.release();
  for (const note of notes) expect(await answerTo(sara, note)).toEqual(onceAndWhole);

  const moves = await movesOf(dabir.database, [sara]);
  const starts = startsIn(moves);
  expect(maxActiveIn(moves)).toBe(1);
  // The first whose engine was chosen began at once; the others were all there by then.
  const [first, ...others] = starts.map(({ seq }) => seq);
  const arrived = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(others).toEqual(arrived.filter((seq) => seq !== first));
  expect(new Set(starts.map(({ worker }) => worker)).size, 'both workers had a share').toBe(2);
});

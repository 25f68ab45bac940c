// The fault numbers in titles are those of docs/faults.md.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { type Move, movesOf } from '../support/lane-history.ts';
import type { Person } from '../support/person.ts';
import { until } from '../support/until.ts';
import { WebhookSender } from '../support/webhook-sender.ts';

const voice = { kind: 'voice' } as const;

/** Files are sent to one bot process and cancelled through another; the worker is a third process. */
describe('fault 11: a cancel from another process', () => {
  let dabir: ForkedDabir;
  let webhookSender: WebhookSender;
  let sara: Person;

  beforeAll(async () => {
    dabir = await startForkedDabir();
    const [taker, presser] = await Promise.all([dabir.startWebhookBot(), dabir.startWebhookBot()]);
    webhookSender = new WebhookSender(dabir.playground, [taker, presser], (update) => [
      update.callback_query === undefined ? taker : presser,
    ]);
    await dabir.startWorker();
  });
  afterAll(async () => {
    await webhookSender.stop();
    await dabir.close();
  });
  beforeEach(async () => {
    sara = await dabir.person('Sara', 'en');
    dabir.engine.hold();
  });

  const cancel = (status: number) => sara.presses(status, sara.word('button-cancel'));
  const calls = () => dabir.engine.calls.length;

  test('fault 11: a cancel from another process ends a file without an engine', async () => {
    const note = await sara.sends('tone.ogg', voice);
    await cancel((await sara.status(note)).message_id);
    const next = await sara.asksFor('tone.ogg', voice);
    await isCancelled(note);
    await nextIsAnswered(next.note);
  });

  test('fault 11: a cancel from another process ends a file that waits behind another', async () => {
    const before = calls();
    const first = await sara.asksFor('tone.ogg', voice);
    await dabir.engine.call(before + 1);
    const second = await sara.asksFor('tone.ogg', voice);
    const third = await sara.asksFor('tone.ogg', voice);
    await cancel(second.status);
    await isCancelled(second.note);
    await nextIsAnswered(first.note, third.note);
  });

  test('fault 11: a cancel from another process ends the next file while the worker is busy with another user’s', async () => {
    const omid = await dabir.person('Omid', 'en');
    const before = calls();
    await omid.asksFor('tone.ogg', voice);
    await dabir.engine.call(before + 1);
    const first = await sara.asksFor('tone.ogg', voice);
    const second = await sara.asksFor('tone.ogg', voice);
    await cancel(first.status);
    await isCancelled(first.note);
    await nextIsAnswered(second.note);
  });

  test('fault 11: a cancel from another process ends a running file and stops the engine', async () => {
    const before = calls();
    const first = await sara.asksFor('tone.ogg', voice);
    const call = await dabir.engine.call(before + 1);
    const second = await sara.asksFor('tone.ogg', voice);
    await cancel(first.status);
    await until(() => call.left);
    await isCancelled(first.note);
    await nextIsAnswered(second.note);
  });

  test('fault 11: a cancel from another process after the end changes nothing', async () => {
    dabir.engine.release();
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    expect(await answerTo(sara, note)).toEqual(onceAndWhole);
    const file = await dabir.database.transcription.findFirst({ where: { userId: sara.id } });
    expect(await sara.forges(status, `cancel:${file?.id}`)).toBe(sara.word('answer-ended'));
    expect(await answerTo(sara, note)).toEqual(onceAndWhole);
    expect(endingsOf(await movesOf(dabir.database, [sara]))).toEqual([[1, 'COMPLETED']]);
  });

  // The press reaches the database before, while and after the worker commits.
  test.each([-24, -12, -6, -3, 0, 1, 2, 4, 8, 16, 32])(
    'fault 11: a cancel from another process that races the finish, %i ms after it, gives one ending',
    async (ms) => {
      const before = calls();
      const first = await sara.asksFor('tone.ogg', voice);
      const call = await dabir.engine.call(before + 1);
      const second = await sara.asksFor('tone.ogg', voice);
      const pressed = sara.dataOf(first.status, sara.word('button-cancel'));
      const heard = sleep(Math.max(0, -ms)).then(() => call.reply({ text: 'سلام دنیا' }));
      await sleep(Math.max(0, ms));
      // The button may be gone by then.
      await sara.forges(first.status, pressed);
      await heard;
      dabir.engine.release();

      const ending = await sara.ending(first.note);
      await nextIsAnswered(second.note);
      const [[, state] = [], ...others] = endingsOf(await movesOf(dabir.database, [sara]));
      expect(others).toEqual([[2, 'COMPLETED']]);
      const kept = await dabir.database.transcript.count({ where: { transcription: { userId: sara.id } } });
      if (state === 'CANCELLED') {
        expect(ending).toBe(sara.word('status-cancelled'));
        expect(sara.answers(first.note)).toHaveLength(1);
        expect(kept).toBe(1);
      } else {
        expect(await answerTo(sara, first.note)).toEqual(onceAndWhole);
        expect(kept).toBe(2);
      }
    },
  );

  /** Expects the final status "cancelled", as the only answer. */
  async function isCancelled(note: number): Promise<void> {
    expect(await sara.ending(note)).toBe(sara.word('status-cancelled'));
    expect(sara.answers(note)).toHaveLength(1);
    const file = await dabir.database.transcription.findFirst({
      where: { userId: sara.id, messageId: note },
      include: { transcript: true },
    });
    expect(file).toMatchObject({ state: 'CANCELLED', transcript: null });
  }

  async function nextIsAnswered(...notes: number[]): Promise<void> {
    dabir.engine.release();
    for (const note of notes) expect(await answerTo(sara, note)).toEqual(onceAndWhole);
  }
});

/** Returns every end of every file, in order: which file, and how it ended. */
function endingsOf(moves: readonly Move[]): [seq: number, state: string][] {
  return moves
    .filter(({ to }) => to === 'COMPLETED' || to === 'FAILED' || to === 'CANCELLED')
    .map(({ seq, to }) => [seq, to]);
}

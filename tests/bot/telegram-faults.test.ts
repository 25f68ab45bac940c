// The fault numbers in titles are those of docs/faults.md.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from 'telegram-playground';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Person, Sending } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;

beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterEach(() => dabir.playground.faults.clear());
afterAll(() => dabir.close());

const voice: Sending = { kind: 'voice' };

/**
 * Expects one text, which the question became, and three files, and that the lane is free for the next file.
 */
async function isAnsweredOnce(person: Person, note: number): Promise<void> {
  expect(await person.ending(note)).toMatch(/^✓/);
  const answers = person.answers(note);
  expect(answers.map(({ text, document }) => (document ? 'file' : text)).sort()).toEqual(
    ['file', 'file', 'file', 'سلام دنیا'].sort(),
  );
  dabir.playground.faults.clear();
  const next = await person.asksFor('tone.ogg', voice);
  expect(await person.ending(next.note)).toMatch(/^✓/);
}

/** Sends a file whose engine waits, so that a fault can be set for what comes after it. */
async function asksAndHolds(person: Person): Promise<number> {
  dabir.engine.next({ holds: true });
  const taken = dabir.engine.taken.length;
  const { note } = await person.asksFor('tone.ogg', voice);
  await until(() => dabir.engine.taken.length > taken);
  return note;
}

/** Makes the method's next call hang; returns a function that waits for that call. */
function silence(method: string): () => Promise<unknown> {
  const unanswered = () =>
    dabir.playground.calls().filter((call) => call.method === method && call.status === null).length;
  const before = unanswered();
  dabir.playground.faults.set(method, { kind: 'hang' }, 1);
  return () => until(() => unanswered() > before);
}

describe.each<[string, string, Fault]>([
  ['429 with retry_after', 'fa', { kind: 'status', status: 429, retryAfter: 1 }],
  ['500', 'en', { kind: 'status', status: 500 }],
  ['a broken connection', 'fa', { kind: 'drop' }],
])('fault 13: %s (%s)', (_name, language, fault) => {
  test('fault 13: an error of Telegram at every call before the engine starts costs nothing', async () => {
    const emma = await dabir.person('Emma', language);
    for (const call of ['answerCallbackQuery', 'getFile', 'download', 'editMessageText', 'sendChatAction']) {
      dabir.playground.faults.set(call, fault, 1);
    }
    const note = await emma.sends('tone.ogg', voice);
    const { message_id: status } = await emma.status(note);
    // A press whose answer was lost is answered by the status message only.
    void emma.presses(status, 'LOCAL').catch(() => undefined);
    await isAnsweredOnce(emma, note);
  });

  test('fault 13: an error of Telegram at every call of the answer loses nothing', async () => {
    const emma = await dabir.person('Emma', language);
    const note = await asksAndHolds(emma);
    for (const call of ['sendMessage', 'sendMediaGroup', 'editMessageText'])
      dabir.playground.faults.set(call, fault, 1);
    dabir.engine.release();
    await isAnsweredOnce(emma, note);
  });

  test('fault 13: an error of Telegram at the question for an engine is retried', async () => {
    const emma = await dabir.person('Emma', language);
    dabir.playground.faults.set('sendMessage', fault, 1);
    const { note } = await emma.asksFor('tone.ogg', voice);
    await isAnsweredOnce(emma, note);
  });

  test('fault 13: an error of Telegram at a cancel does not lose the cancel', async () => {
    const emma = await dabir.person('Emma', language);
    const note = await asksAndHolds(emma);
    const waiting = await emma.asksFor('tone.ogg', voice);
    dabir.playground.faults.set('editMessageText', fault, 1);
    await emma.presses(waiting.status, emma.word('button-cancel'));
    dabir.engine.release();
    expect(await emma.ending(note)).toMatch(/^✓/);
    // A broken connection is not retried for a message that a second press can mend.
    if (emma.buttons(waiting.status).length > 0) {
      expect(await emma.presses(waiting.status, emma.word('button-cancel'))).toBe(emma.word('answer-ended'));
    }
    expect(await emma.ending(waiting.note)).toBe(emma.word('status-cancelled'));
  });
});

describe('fault 13: a call that Telegram never answers', () => {
  test('fault 13: a call of sendMessage that Telegram never answers, for the rest of a long text, is repeated', async () => {
    const emma = await dabir.person('Emma', 'en');
    const says = Array.from({ length: 120 }, (_, number) => `This is what number ${number} said to me then.`);
    dabir.engine.next({ holds: true, says });
    const taken = dabir.engine.taken.length;
    const { note } = await emma.asksFor('tone.ogg', voice);
    await until(() => dabir.engine.taken.length > taken);
    const hangs = silence('sendMessage');
    dabir.engine.release();
    await hangs();
    dabir.playground.faults.clear();
    await emma.ending(note);
    const texts = emma.answers(note).flatMap(({ text }) => text ?? []);
    expect(texts).toHaveLength(2);
    expect(texts.join(' ').split(/\s+/)).toEqual(says.join(' ').split(' '));
    expect(emma.answers(note).filter(({ document }) => document !== undefined)).toHaveLength(3);
  });

  test.each(['sendMediaGroup', 'editMessageText'])(
    'fault 13: a call of %s that Telegram never answers, after the engine, is repeated',
    async (method) => {
      const emma = await dabir.person('Emma', 'en');
      const note = await asksAndHolds(emma);
      const hangs = silence(method);
      dabir.engine.release();
      await hangs();
      dabir.playground.faults.clear();
      await isAnsweredOnce(emma, note);
    },
  );

  test.each(['answerCallbackQuery', 'getFile', 'download'])(
    'fault 13: a call of %s that Telegram never answers, before the engine, is repeated',
    async (method) => {
      const emma = await dabir.person('Emma', 'en');
      const note = await emma.sends('tone.ogg', voice);
      const { message_id: status } = await emma.status(note);
      const hangs = silence(method);
      void emma.presses(status, 'LOCAL').catch(() => undefined);
      if (method === 'download') await emma.reads(emma.word('status-download'), note).then(() => sleep(300));
      else await hangs();
      dabir.playground.faults.clear();
      await isAnsweredOnce(emma, note);
    },
  );

  test('fault 13: a call that Telegram never answers for one user does not delay another', async () => {
    const [emma, liam] = [await dabir.person('Emma', 'en'), await dabir.person('Liam', 'fa')];
    const hangs = silence('sendMessage');
    await emma.says('/help');
    await hangs();
    const { note } = await liam.asksFor('tone.ogg', voice);
    expect(await liam.ending(note)).toMatch(/^✓/);
    expect(emma.answers()).toEqual([]);
    // Telegram gets no confirmation of an update that comes after the hanging one.
    dabir.playground.faults.clear();
    await emma.reads(emma.word('help'));
  });
});

describe('fault 14: a user who blocks the bot', () => {
  test('fault 14: a user who blocks the bot during the work ends their file only, and the next user’s continues', async () => {
    const [emma, liam] = [await dabir.person('Emma', 'en'), await dabir.person('Liam', 'fa')];
    await asksAndHolds(emma);
    const his = await liam.asksFor('tone.ogg', voice);
    await emma.blocks();
    dabir.engine.release();
    expect(await liam.ending(his.note)).toMatch(/^✓/);
    const file = await until(() =>
      dabir.shared.database.transcription.findFirst({ where: { userId: emma.id, deliverAfter: null } }),
    );
    expect(file.state).toBe('COMPLETED');
    // A user who comes back is served again.
    await emma.blocks(false);
    const back = await emma.asksFor('tone.ogg', voice);
    expect(await emma.ending(back.note)).toMatch(/^✓/);
  });

  test('fault 14: a user who blocks the bot before the question for an engine ends their file', async () => {
    const emma = await dabir.person('Emma', 'en');
    dabir.playground.faults.set('sendMessage', { kind: 'status', status: 403 }, 1);
    await emma.sends('tone.ogg', voice);
    await until(() =>
      dabir.shared.database.transcription.findFirst({ where: { userId: emma.id, state: 'CANCELLED' } }),
    );
  });
});

test('fault 24: no line of the log of these faults holds the token or a file’s URL', () => {
  expect(dabir.logged.length).toBeGreaterThan(50);
  const secret = token.split(':')[1] ?? '';
  expect(dabir.logged.filter((line) => line.includes(secret) || line.includes('/file/bot'))).toEqual([]);
});

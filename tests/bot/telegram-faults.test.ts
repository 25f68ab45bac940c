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

/** One question, one text, three files, one ending; and the lane is free for the next file. */
async function isAnsweredOnce(person: Person, note: number): Promise<void> {
  expect(await person.ending(note)).toMatch(/^✓/);
  const answers = person.answers(note);
  expect(answers.map(({ text, document }) => (document ? 'file' : text)).sort()).toEqual(
    ['file', 'file', 'file', 'سلام دنیا', answers[0]?.text ?? ''].sort(),
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

/** Makes the method's next call hang; resolves to a wait for that call. */
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
  test('at every call on the way to the engine', async () => {
    const emma = await dabir.person('Emma', language);
    for (const call of ['answerCallbackQuery', 'getFile', 'download', 'editMessageText', 'sendChatAction']) {
      dabir.playground.faults.set(call, fault, 1);
    }
    const note = await emma.sends('tone.ogg', voice);
    const { message_id: status } = await emma.status(note);
    // A press whose answer was lost is answered by nothing but the status message.
    void emma.presses(status, 'LOCAL').catch(() => undefined);
    await isAnsweredOnce(emma, note);
  });

  test('at every call of the answer', async () => {
    const emma = await dabir.person('Emma', language);
    const note = await asksAndHolds(emma);
    for (const call of ['sendMessage', 'sendMediaGroup', 'editMessageText'])
      dabir.playground.faults.set(call, fault, 1);
    dabir.engine.release();
    await isAnsweredOnce(emma, note);
  });

  test('when the engine is asked for', async () => {
    const emma = await dabir.person('Emma', language);
    dabir.playground.faults.set('sendMessage', fault, 1);
    const { note } = await emma.asksFor('tone.ogg', voice);
    await isAnsweredOnce(emma, note);
  });

  test('when a file is cancelled', async () => {
    const emma = await dabir.person('Emma', language);
    const note = await asksAndHolds(emma);
    const waiting = await emma.asksFor('tone.ogg', voice);
    dabir.playground.faults.set('editMessageText', fault, 1);
    await emma.presses(waiting.status, emma.word('button-cancel'));
    dabir.engine.release();
    expect(await emma.ending(note)).toMatch(/^✓/);
    // A broken connection is not tried again for a message that a second press mends.
    if (emma.buttons(waiting.status).length > 0) {
      expect(await emma.presses(waiting.status, emma.word('button-cancel'))).toBe(emma.word('answer-ended'));
    }
    expect(await emma.ending(waiting.note)).toBe(emma.word('status-cancelled'));
  });
});

describe('fault 13: no answer at all', () => {
  test.each(['sendMessage', 'sendMediaGroup', 'editMessageText'])(
    'to %s, after the engine',
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

  test.each(['answerCallbackQuery', 'getFile', 'download'])('to %s, before it', async (method) => {
    const emma = await dabir.person('Emma', 'en');
    const note = await emma.sends('tone.ogg', voice);
    const { message_id: status } = await emma.status(note);
    const hangs = silence(method);
    void emma.presses(status, 'LOCAL').catch(() => undefined);
    if (method === 'download') await emma.reads(emma.word('status-download'), note).then(() => sleep(300));
    else await hangs();
    dabir.playground.faults.clear();
    await isAnsweredOnce(emma, note);
  });

  test('while it hangs for one person, another is served', async () => {
    const [emma, liam] = [await dabir.person('Emma', 'en'), await dabir.person('Liam', 'fa')];
    const hangs = silence('sendMessage');
    await emma.says('/help');
    await hangs();
    const { note } = await liam.asksFor('tone.ogg', voice);
    expect(await liam.ending(note)).toMatch(/^✓/);
    expect(emma.answers()).toEqual([]);
    // Confirmed to Telegram is nothing that comes after what still hangs.
    dabir.playground.faults.clear();
    await emma.reads(emma.word('help'));
  });
});

describe('fault 14: the person has blocked the bot', () => {
  test('while it worked: their file ends, the next person’s goes on', async () => {
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
    // Who comes back is served again.
    await emma.blocks(false);
    const back = await emma.asksFor('tone.ogg', voice);
    expect(await emma.ending(back.note)).toMatch(/^✓/);
  });

  test('before it could ask for an engine: the file ends', async () => {
    const emma = await dabir.person('Emma', 'en');
    dabir.playground.faults.set('sendMessage', { kind: 'status', status: 403 }, 1);
    await emma.sends('tone.ogg', voice);
    await until(() =>
      dabir.shared.database.transcription.findFirst({ where: { userId: emma.id, state: 'CANCELLED' } }),
    );
  });
});

test('fault 24: after all that, no line of the log holds the token or a file’s address', () => {
  expect(dabir.logged.length).toBeGreaterThan(50);
  const secret = token.split(':')[1] ?? '';
  expect(dabir.logged.filter((line) => line.includes(secret) || line.includes('/file/bot'))).toEqual([]);
});

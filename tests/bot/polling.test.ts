import type { Playground } from 'telegram-playground';
import { afterEach, expect, test } from 'vitest';
import { createBot } from '../../src/bot/bot.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
afterEach(() => dabir.close());

const voice = { kind: 'voice' } as const;

/** Returns the highest offset that Telegram received: it forgets every update before it. */
function confirmed(playground: Playground): number {
  const polls = playground.calls().filter(({ method }) => method === 'getUpdates');
  return Math.max(...polls.map(({ parameters }) => Number(parameters['offset'] ?? 0)));
}

test('an update is confirmed only when its upload is committed, while other chats are served', async () => {
  let failures = 0;
  const confirmedAtFailure: number[] = [];
  dabir = await startScriptedDabir({
    lanes: (real) => ({
      ...real,
      async submit(upload, wishes) {
        if (failures === 0) return real.submit(upload, wishes);
        failures -= 1;
        confirmedAtFailure.push(confirmed(dabir.playground));
        throw new Error('the database is away');
      },
    }),
  });
  const [sara, emma] = [await dabir.person('سارا', 'fa'), await dabir.person('Emma', 'en')];
  await sara.says('/start');
  const before = await until(() => confirmed(dabir.playground));
  failures = 2;
  const note = await sara.sends('tone.ogg', voice);
  await sara.says('/queue');
  await emma.says('/help');
  await emma.reads(emma.word('help'));

  const { message_id: status } = await sara.status(note);
  await sara.presses(status, 'LOCAL');
  expect(await sara.ending(note)).toMatch(/^✓/);
  expect(confirmedAtFailure).toEqual([before, before]);
  expect(confirmed(dabir.playground)).toBeGreaterThan(before);
  expect(await dabir.shared.database.transcription.count({ where: { userId: sara.id } })).toBe(1);
  // Her text after the voice note was answered after it: the file was in the list.
  const [, , queue] = sara.answers();
  expect(queue?.text).toContain(sara.word('queue-choosing'));
});

test('twenty voice notes keep their order while the database fails at times', async () => {
  let calls = 0;
  dabir = await startScriptedDabir({
    formsBursts: true,
    lanes: (real) => ({
      ...real,
      submit(upload, wishes) {
        calls += 1;
        return calls % 7 === 1 ? Promise.reject(new Error('a bad moment')) : real.submit(upload, wishes);
      },
    }),
  });
  const sara = await dabir.person('سارا', 'fa');
  const notes: number[] = [];
  for (let count = 0; count < 20; count += 1) notes.push(await sara.sends('tone.ogg', voice));
  const rows = await until(async () => {
    const found = await dabir.shared.database.transcription.findMany({ orderBy: { seq: 'asc' } });
    return found.length === notes.length && found;
  });
  expect((rows || []).map(({ messageId }) => messageId)).toEqual(notes);
  // One message speaks for all of them.
  await sara.reads(sara.word('burst-files', { files: notes.length }), notes[0]);
  expect(sara.answers()).toHaveLength(1);
});

test('an update that was handled before the shutdown does not come again at the next start', async () => {
  dabir = await startScriptedDabir();
  const sara = await dabir.person('سارا', 'fa');
  await sara.says('/help');
  await sara.reads(sara.word('help'));
  await dabir.stopBot();
  const bot = createBot(token, dabir.playground.apiRoot, dabir.shared);
  await bot.initialise();
  expect(await bot.fetchUpdates(0, 0, new AbortController().signal)).toEqual([]);
  await sara.says('/queue');
  expect(await bot.fetchUpdates(0, 0, new AbortController().signal)).toHaveLength(1);
});

test('updates that Telegram cannot deliver for a while are fetched later', async () => {
  dabir = await startScriptedDabir();
  const sara = await dabir.person('سارا', 'fa');
  const { faults } = dabir.playground;
  faults.set('getUpdates', { kind: 'status', status: 429, retryAfter: 1 }, 1);
  await sara.says('/help');
  await sara.reads(sara.word('help'));
  faults.set('getUpdates', { kind: 'drop' }, 1);
  await sara.says('/queue');
  await sara.reads(sara.word('queue-empty'));
});

/** A worker that is killed while a language model works: another one goes on, and nothing that is stored is paid twice. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForkedDabir, startForkedDabir } from '../../support/forked-dabir.ts';
import { type ScriptedModel, startScriptedModel } from '../../support/scripted-model.ts';
import { until } from '../../support/until.ts';

let model: ScriptedModel;
let dabir: ForkedDabir;
beforeAll(async () => {
  model = await startScriptedModel();
  dabir = await startForkedDabir({
    // A context so small that the text needs several calls.
    env: {
      ...model.settings,
      LLM_CONTEXT_TOKENS: '4096',
      LLM_PARALLEL: '1',
      LLM_PRICE_IN: '1',
      LLM_PRICE_OUT: '1',
    },
  });
  await dabir.startBot();
});
afterAll(async () => {
  await dabir?.close();
  await model?.close();
});

/** Sentences that a model can tell apart. */
const words = 'bridge fence river report garden window market station kitchen ladder'.split(' ');
const said = Array.from(
  { length: 240 },
  (_, index) => `The ${words[index % 10]} number ${index + 100} is painted green today.`,
);

test('a worker that is killed in the middle costs no stored call again, and the text is there once', async () => {
  model.answers(({ lines, instructions }) => {
    if (/which of/i.test(instructions) || lines.size === 0) return { numbers: [1, 2, 3], keep: [1, 2, 3] };
    const [first] = [...lines];
    const [number = 0, text = ''] = first ?? [];
    return { lines: [...lines].map(([at, line]) => ({ number: at, text: line })), number, text };
  });
  const sara = await dabir.person('Sara', 'en');
  const first = await dabir.startWorker();
  dabir.engine.plan({ text: said.join(' ') });
  const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  await sara.ending(note);
  await sara.presses(status, sara.word('button-understand-more'));
  model.hold();
  await sara.presses(status, sara.word('button-understand-clean'));
  // Two calls are answered and stored, and the third is in flight.
  const { database } = dabir;
  for (const calls of [1, 2]) {
    await until(() => model.arrived() === calls || undefined);
    model.release();
    model.hold();
    await until(async () => (await database.understandingCall.count()) === calls);
  }
  await until(() => model.arrived() === 3 || undefined);
  await first.kill();
  model.release();
  await dabir.startWorker();
  await sara.reads(
    sara.word('understanding-made-by', { kind: 'clean', model: '\u2068scripted\u2069' }),
    note,
  );
  await until(async () => (await database.understandingTask.count({ where: { state: 'DONE' } })) === 1);
  const texts = model.calls.map(({ data }) => data.replaceAll(/[0-9a-f]{32}/g, ''));
  // The call in flight is the only one that was made twice.
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.length - new Set(texts).size).toBe(1);
  expect(texts[2]).toBe(texts[3]);
  expect(await database.understandingSpend.count()).toBe(texts.length - 1);
  expect(await database.understandingCall.count()).toBe(0);
  const results = sara
    .answers(note)
    .filter(({ text = '' }) => text.startsWith(sara.word('understanding-title-clean')));
  expect(results).toHaveLength(1);
});

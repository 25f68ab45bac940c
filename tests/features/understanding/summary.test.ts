/** Summaries in the chat, from the button to the moment that a sentence rests on. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { type ScriptedModel, startScriptedModel } from '../../support/scripted-model.ts';
import { Refusal } from '../../support/services/service.ts';
import { until } from '../../support/until.ts';

let model: ScriptedModel;
let dabir: ScriptedDabir;
beforeAll(async () => {
  model = await startScriptedModel();
  dabir = await startScriptedDabir({ settings: model.settings });
});
afterAll(async () => {
  await dabir?.close();
  await model?.close();
});

const said = {
  en: [
    'We meet on Monday at the office.',
    'Sara writes the report about the bridge.',
    'The bridge costs 300 dollars.',
  ],
  fa: ['دوشنبه در دفتر جلسه داریم.', 'سارا گزارش پل را می‌نویسد.', 'هزینهٔ پل ۳۰۰ دلار است.'],
};

/** Makes a statement of each line, word for word. */
const honest = (lines: ReadonlyMap<number, string>) =>
  [...lines].map(([number, text]) => ({
    text,
    quote: text.replace(/[.]$/, ''),
    segments: [number],
    names: [],
  }));

const madeBy = (person: Person) =>
  person.word('understanding-made-by', { kind: 'summary', model: '\u2068scripted\u2069' });

const openTasks = ({ id }: Person) =>
  dabir.shared.database.understandingTask.count({ where: { userId: id, endedAt: null } });

describe.each(['en', 'fa'] as const)('a summary (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    model.answers(({ lines }) => ({ statements: honest(lines) }));
  });

  async function transcribed() {
    dabir.engine.next({ says: said[language], detects: { language, probability: 1 } });
    const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.ending(note);
    return { note, status };
  }
  const label = `button-understand-summary`;
  const title = () => sara.word('understanding-title-summary');

  test('a summary says each sentence with its time, and a press plays the moment', async () => {
    const { note, status } = await transcribed();
    const before = model.calls.length;
    expect(await sara.presses(status, sara.word(label))).toBe(sara.word('understanding-begun'));
    const { text, message_id, reply_to_message } = await sara.reads(/0:0[0-2]/, note);
    expect(reply_to_message?.message_id).toBe(note);
    expect(text?.split('\n')[0]).toBe(title());
    for (const [index, sentence] of said[language].entries())
      expect(text).toContain(`0:0${index} ${sentence}`);
    expect(text).toContain(madeBy(sara));
    expect(model.calls).toHaveLength(before + 1);
    await sara.presses(message_id, '▶ 0:01');
    await until(
      () => sara.answers(note).find(({ voice, caption }) => voice && caption?.includes('0:01')),
      () => sara.transcript(),
    );
  });

  test('a sentence that the recording does not support is left out and counted', async () => {
    model.answers(({ lines }) => ({
      statements: [
        ...honest(lines),
        {
          text: 'The bridge costs 900 dollars.',
          quote: [...lines.values()].at(-1),
          segments: [3],
          names: [],
        },
        { text: 'Omid was there.', quote: 'Omid was there the whole day', segments: [1], names: ['Omid'] },
      ],
    }));
    const { note, status } = await transcribed();
    await sara.presses(status, sara.word(label));
    const { text } = await sara.reads(
      sara.word('understanding-left-out', { kind: 'summary', count: 2 }),
      note,
    );
    expect(text).not.toContain('900');
    expect(text).not.toContain('Omid');
  });

  test('a summary can be cancelled while the model works, and asked for again', async () => {
    const { note, status } = await transcribed();
    model.hold();
    const arrived = model.arrived();
    await sara.presses(status, sara.word(label));
    await until(() => model.arrived() > arrived || undefined);
    const waiting = await sara.reads(title(), note);
    expect(await sara.presses(waiting.message_id, sara.word('button-cancel'))).toBe(
      sara.word('answer-cancelled'),
    );
    await until(
      () => sara.chat.get(waiting.message_id)?.text === sara.word('understanding-cancelled') || undefined,
    );
    model.release();
    await sara.presses(status, sara.word(label));
    await sara.reads(madeBy(sara), note);
    await until(() => openTasks(sara).then((open) => open === 0));
    expect(
      await dabir.shared.database.understandingTask.findMany({ where: { userId: sara.id } }),
    ).toMatchObject([{ state: 'CANCELLED', result: null }, { state: 'DONE' }]);
  });
});

test('a failure that may pass is tried again, and any other is told at once', async () => {
  const sara = await dabir.person('Sara', 'en');
  dabir.engine.next({ says: said.en });
  const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  await sara.ending(note);
  const failures = [503, 401];
  model.answers(({ lines }) => {
    const code = failures.shift();
    if (code !== undefined) throw new Refusal({ status: code, body: { error: { message: 'no' } } });
    return { statements: honest(lines) };
  });
  await sara.presses(status, sara.word('button-understand-summary'));
  const { database } = dabir.shared;
  const title = sara.word('understanding-title-summary');
  await sara.reads(sara.word('understanding-failed', { title, failure: 'unauthorized' }), note);
  expect(await database.understandingTask.findMany({ where: { userId: sara.id } })).toMatchObject([
    { attempts: 2, errorCode: 'unauthorized', dueAt: null },
  ]);
  await sara.presses(status, sara.word('button-understand-summary'));
  await sara.reads(madeBy(sara), note);
});

test('what the model answered goes with the task, and the result with the transcript', async () => {
  const sara = await dabir.person('Sara', 'en');
  model.answers(({ lines }) => ({ statements: honest(lines) }));
  dabir.engine.next({ says: said.en });
  const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  await sara.ending(note);
  await sara.presses(status, sara.word('button-understand-summary'));
  const { message_id } = await sara.reads(madeBy(sara), note);
  const { database } = dabir.shared;
  await until(
    async () => (await database.understandingTask.count({ where: { userId: sara.id, state: 'DONE' } })) === 1,
  );
  expect(await database.understandingCall.count()).toBe(0);
  const [spend] = await database.understandingSpend.findMany({ where: { userId: sara.id } });
  expect(spend).toMatchObject({ kind: 'summary', inputTokens: 1_000, outputTokens: 100, amount: null });
  await sara.presses(status, sara.word('button-delete'));
  await sara.presses(status, sara.word('button-erase'));
  await until(async () => (await database.understandingTask.count({ where: { userId: sara.id } })) === 0);
  await until(() => !sara.chat.has(message_id) || undefined);
  expect(await database.understandingSpend.count({ where: { userId: sara.id } })).toBe(1);
});

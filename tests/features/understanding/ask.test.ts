/** Questions about one transcript, and about all of one's own. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { type ScriptedModel, startScriptedModel } from '../../support/scripted-model.ts';
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

const texts = {
  en: {
    said: ['The bridge costs 300 dollars.', 'Sara paints the fence green.'],
    question: 'What does the bridge cost?',
    unknown: 'zebra giraffe',
  },
  fa: {
    said: ['هزینهٔ پل ۳۰۰ دلار است.', 'سارا نرده را سبز می‌کند.'],
    question: 'هزینهٔ پل چقدر است؟',
    unknown: 'زرافه گورخر',
  },
};

describe.each(['en', 'fa'] as const)('a question (%s)', (language) => {
  const { said, question, unknown } = texts[language];
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    // The answer is each line with a number.
    model.answers(({ lines }) => {
      const found = [...lines].filter(([, text]) => /\d|[۰-۹]/.test(text));
      return {
        isAnswered: found.length > 0,
        statements: found.map(([number, text]) => ({
          ...{ text, quote: text.replace(/\.$/, ''), segments: [number], names: [] },
        })),
      };
    });
  });

  async function transcribed(...words: string[]) {
    dabir.engine.next({ says: words, detects: { language, probability: 1 } });
    const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.ending(note);
    return { note, status };
  }
  const answered = (to: number) =>
    sara.reads(sara.word('understanding-made-by', { kind: 'question', model: '\u2068scripted\u2069' }), to);

  test('a question about all texts is answered from the one that has it, with its moment', async () => {
    const { note } = await transcribed(...said);
    await transcribed(said[1] ?? '');
    const asked = await sara.says(`/ask ${question}`);
    const { text, message_id } = await answered(asked);
    expect(text?.split('\n')[0]).toBe(question);
    expect(text).toMatch(/^[1۱]\. /m);
    expect(text).toContain(said[0]);
    await sara.presses(message_id, '▶ ');
    await until(
      () => sara.answers(note).find(({ voice }) => voice),
      () => sara.transcript(),
    );
    await until(
      async () => (await dabir.shared.database.understandingTask.count({ where: { userId: sara.id } })) === 0,
    );
  });

  test('a question whose words no text has costs nothing, and is answered so', async () => {
    await transcribed(...said);
    const before = model.calls.length;
    const asked = await sara.says(`/ask ${unknown}`);
    await sara.reads(sara.word('understanding-nothing-found'), asked);
    expect(model.calls).toHaveLength(before);
  });

  test('another user’s texts are never read', async () => {
    await transcribed(...said);
    const omid = await dabir.person('Omid', language);
    const before = model.calls.length;
    const asked = await omid.says(`/ask ${question}`);
    await omid.reads(omid.word('understanding-nothing-found'), asked);
    expect(model.calls).toHaveLength(before);
  });

  test('a reply that ends with a question mark is no correction until its user says so', async () => {
    const { status } = await transcribed(...said);
    const reply = await sara.replies(status, question);
    const offered = await sara.reads(sara.word('correct-or-ask'), reply);
    const { database } = dabir.shared;
    expect(await database.correction.count({ where: { transcription: { userId: sara.id } } })).toBe(0);
    await sara.presses(offered.message_id, sara.word('correct-button-ask'));
    const { text } = await answered(reply);
    expect(text).toContain(said[0]);
    await until(() => !sara.chat.has(offered.message_id) || undefined);
    expect(await database.correction.count({ where: { transcription: { userId: sara.id } } })).toBe(0);
  });

  test('a corrected passage may end with a question mark', async () => {
    const { status } = await transcribed(...said);
    const right = (said[0] ?? '').replace('.', '?');
    const reply = await sara.replies(status, right.replace(/300|۳۰۰/, language === 'en' ? '400' : '۴۰۰'));
    const offered = await sara.reads(sara.word('correct-or-ask'), reply);
    await sara.presses(offered.message_id, sara.word('correct-button-reply'));
    await until(() => sara.chat.get(status)?.text?.includes(language === 'en' ? '400' : '۴۰۰') || undefined);
  });
});

test('without words, /ask says how to ask', async () => {
  const sara = await dabir.person('Sara', 'en');
  await sara.says('/ask');
  await sara.reads(sara.word('ask-how'));
});

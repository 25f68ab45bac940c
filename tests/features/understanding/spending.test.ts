/** Money: what a run can cost is refused before anything is spent, and /usage says what is left. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { type ScriptedModel, startScriptedModel } from '../../support/scripted-model.ts';
import { until } from '../../support/until.ts';

let model: ScriptedModel;
let dabir: ScriptedDabir;
beforeAll(async () => {
  model = await startScriptedModel();
  const prices = {
    LLM_PRICE_IN: '1000',
    LLM_PRICE_OUT: '1000',
    LLM_BUDGET_USER_DAY: '20',
    LLM_BUDGET_USER_MONTH: '90',
  };
  dabir = await startScriptedDabir({ settings: { ...model.settings, ...prices } });
  model.answers(({ lines }) => ({
    statements: [...lines].map(([number, text]) => ({
      ...{ text, quote: text.replace(/\.$/, ''), segments: [number], names: [] },
    })),
  }));
});
afterAll(async () => {
  await dabir?.close();
  await model?.close();
});

describe.each(['en', 'fa'] as const)('a budget (%s)', (language) => {
  test('a run that may cost more than is left is refused before the model is asked', async () => {
    const sara = await dabir.person('Sara', language);
    dabir.engine.next({
      says: ['We meet on Monday at the office.'],
      detects: { language: 'en', probability: 1 },
    });
    const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' });
    await sara.ending(note);
    await sara.presses(status, sara.word('button-understand-summary'));
    await sara.reads(
      sara.word('understanding-made-by', { kind: 'summary', model: '\u2068scripted\u2069' }),
      note,
    );
    const { database } = dabir.shared;
    await until(
      async () =>
        (await database.understandingTask.count({ where: { userId: sara.id, state: 'DONE' } })) === 1,
    );
    const [spend] = await database.understandingSpend.findMany({ where: { userId: sara.id } });
    // 1,000 tokens in and 100 out, at 1,000 dollars a million.
    expect(spend?.amount).toBeCloseTo(1.1);
    await sara.says('/usage');
    const { text: usage } = await sara.reads(/LLM|Language model|مدل زبانی/);
    const price = (amount: string) => sara.word('price-USD', { amount });
    const [spent, day, month] = language === 'en' ? ['1.1', '20', '90'] : ['۱٫۱', '۲۰', '۹۰'];
    expect(usage).toContain(sara.word('usage-model-userDay', { cost: price(spent), limit: price(day) }));
    expect(usage).toContain(sara.word('usage-model-userMonth', { cost: price(spent), limit: price(month) }));

    await database.understandingSpend.create({
      data: {
        userId: sara.id,
        kind: 'summary',
        inputTokens: 1,
        outputTokens: 1,
        amount: 18.5,
        currency: 'USD',
      },
    });
    const before = model.calls.length;
    await sara.presses(status, sara.word('button-understand-summary'));
    await sara.reads(
      sara.word('understanding-failed', {
        title: sara.word('understanding-title-summary'),
        failure: 'budget-userDay',
      }),
      note,
    );
    expect(model.calls).toHaveLength(before);
    // What was reserved is free again.
    expect(await dabir.shared.spends.spentFor(sara.id)).toMatchObject({ userDay: expect.closeTo(19.6) });
  });
});

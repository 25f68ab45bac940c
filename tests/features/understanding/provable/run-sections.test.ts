import { expect, test } from 'vitest';
import { LanguageModelError } from '../../../../src/app/ports/language-model.ts';
import { maxTokensOf } from '../../../../src/domain/tokens.ts';
import type { Source } from '../../../../src/features/understanding/provable/contract.ts';
import { prepareSummary } from '../../../../src/features/understanding/provable/kinds/summary.ts';
import { prepareTranslation } from '../../../../src/features/understanding/provable/kinds/translation.ts';
import * as odd from '../../../engines/conformance/oddities.ts';
import { type ChatCall, linesOf } from '../../../support/language-model-server.ts';
import { createFactTranscript } from '../../../support/understanding/lying-model.ts';
import {
  createSavedCalls,
  sourceOf,
  startScriptedModel,
  statementOf,
} from '../../../support/understanding/scripted-model.ts';

const english = { language: 'en' };

/** Four hours of Persian talk: 2,880 segments of five seconds, some 36,000 words. */
function fourHours(): Source {
  const texts = Array.from({ length: 100 }, (_, seed) =>
    createFactTranscript(seed + 1, 'fa').transcript.segments.map(({ text }) => text),
  ).flat();
  return sourceOf(
    Array.from({ length: 2_880 }, (_, at) => texts[at % texts.length] ?? ''),
    'fa',
  );
}

/** Replies with a statement about the first and the last line of a section, and chooses the first numbers of a list. */
function summarise({ data, system }: ChatCall): unknown {
  const list = linesOf(data, 'statements');
  if (list.length > 0) {
    const wanted = Number(/Choose the (\d+)/.exec(system)?.[1]);
    return { numbers: list.slice(0, wanted).map(({ number }) => number) };
  }
  const lines = linesOf(data, 'transcript');
  return {
    statements: [lines.at(0), lines.at(-1)].flatMap((line) =>
      line === undefined ? [] : [statementOf(line.number, line.text)],
    ),
  };
}

test('a transcript of four hours fits a context of 8,000 tokens, and every segment is sent exactly once as its own', async () => {
  const source = fourHours();
  const { server, context } = await startScriptedModel(summarise);
  const { result, missing } = await prepareSummary(source, { language: 'fa' }).run(context);
  const sections = server.calls.filter(({ data }) => linesOf(data, 'transcript').length > 0);
  const sent = sections.flatMap(({ data }) => linesOf(data, 'transcript').map(({ number }) => number));
  expect(sent.toSorted((one, other) => one - other)).toEqual(source.segments.map(({ number }) => number));
  for (const call of server.calls)
    expect(maxTokensOf(call.system) + maxTokensOf(call.data) + call.maxTokens).toBeLessThanOrEqual(8_000);
  // Neighbouring sections share some lines.
  expect(sections.filter(({ data }) => linesOf(data, 'context').length > 0)).toHaveLength(
    sections.length - 1,
  );
  expect(missing).toEqual([]);
  expect(result.statements.length).toBeGreaterThanOrEqual(3);
  expect(result.statements.length).toBeLessThanOrEqual(7);
}, 120_000);

test('the estimate is an upper bound of the calls and tokens of a run', async () => {
  const source = fourHours();
  const { server, model, context } = await startScriptedModel(summarise);
  const work = prepareSummary(source, { language: 'fa' });
  const estimate = work.estimate(model.profile);
  await work.run(context);
  expect(server.calls.length).toBeLessThanOrEqual(estimate.calls);
  const input = server.calls.reduce(
    (sum, { system, data }) => sum + maxTokensOf(system) + maxTokensOf(data),
    0,
  );
  const output = server.calls.reduce((sum, { maxTokens }) => sum + maxTokens, 0);
  expect(input).toBeLessThanOrEqual(estimate.inputTokens);
  expect(output).toBeLessThanOrEqual(estimate.outputTokens);
  expect(estimate.cost?.amount).toBeCloseTo((estimate.inputTokens + 2 * estimate.outputTokens) / 1e6, 9);
  expect(estimate.maxCost?.amount).toBeCloseTo(2 * (estimate.cost?.amount ?? 0), 9);
}, 120_000);

test('a run that died continues with the saved sections, and pays none twice', async () => {
  const source = fourHours();
  const saved = createSavedCalls();
  // The process "dies" during the tenth call: nothing of it is saved.
  const first = await startScriptedModel((call) => summarise(call), { maxParallelCalls: 1 });
  const dies = {
    load: saved.load,
    save: async (...outcome: Parameters<typeof saved.save>) => {
      if (saved.saved.size === 9) throw new Error('killed');
      await saved.save(...outcome);
    },
  };
  const work = prepareSummary(source, { language: 'fa' });
  await expect(work.run({ ...first.context, sections: dies })).rejects.toThrow('killed');
  const second = await startScriptedModel(summarise, { maxParallelCalls: 1 });
  const { usage } = await work.run({ ...second.context, sections: saved });
  const sectionsOf = (calls: readonly ChatCall[]) =>
    calls.map(({ data }) => linesOf(data, 'transcript')[0]?.number);
  // The tenth was paid and is asked for again; the nine before it are not.
  expect(sectionsOf(second.server.calls).slice(0, 1)).toEqual(sectionsOf(first.server.calls).slice(9));
  expect(second.server.calls.length + 9).toBe(saved.saved.size);
  const third = await startScriptedModel(summarise);
  const again = await work.run({ ...third.context, sections: saved });
  expect(third.server.calls).toEqual([]);
  expect(again.usage).toEqual(usage);
}, 120_000);

test('a saved outcome is not used for another language, another model text or another transcript', async () => {
  const sections = createSavedCalls();
  const { server, context } = await startScriptedModel(summarise);
  const texts = ['the budget of the project is settled', 'we meet again next week to talk about it'];
  await prepareSummary(sourceOf(texts, 'en'), english).run({ ...context, sections });
  await prepareSummary(sourceOf(texts, 'en'), english).run({ ...context, sections });
  expect(server.calls).toHaveLength(1);
  await prepareSummary(sourceOf(texts, 'en'), { language: 'fa' }).run({ ...context, sections });
  await prepareSummary(sourceOf([...texts, 'and that is all'], 'en'), english).run({ ...context, sections });
  expect(server.calls).toHaveLength(3);
});

test('a run stops at once on abort, and a later run uses what was saved', async () => {
  const source = fourHours();
  const sections = createSavedCalls();
  const abort = new AbortController();
  const { server, context } = await startScriptedModel((call) => {
    if (sections.saved.size === 5) abort.abort(new Error('cancelled'));
    return summarise(call);
  });
  const work = prepareSummary(source, { language: 'fa' });
  await expect(work.run({ ...context, sections, signal: abort.signal })).rejects.toThrow('cancelled');
  const before = server.calls.length;
  expect(before).toBeLessThan(10);
  expect(sections.saved.size).toBeGreaterThanOrEqual(5);
  const second = await startScriptedModel(summarise);
  await work.run({ ...second.context, sections });
  expect(second.server.calls.length).toBeLessThan(sections.saved.size);
}, 120_000);

test('a section whose reply was cut off is asked for in halves, and nothing is lost', async () => {
  const source = sourceOf(
    Array.from({ length: 40 }, (_, at) => `this is what was said in line ${at + 1} of the talk`),
    'en',
  );
  const { server, context } = await startScriptedModel((call) => {
    const lines = linesOf(call.data, 'transcript');
    return {
      lines: lines.map(({ number, text }) => ({
        number,
        text: `خط ${/\d+/.exec(text)?.[0]} از صحبت که گفته شد`,
      })),
    };
  });
  server.odd('chat', ({ response, answer }) => {
    const { choices } = answer.body as { choices: { finish_reason: string }[] };
    // The model's limit is 12 lines.
    const lines = linesOf(server.calls.at(-1)?.data ?? '', 'transcript').length;
    for (const choice of choices) if (lines > 12) choice.finish_reason = 'length';
    odd.says(200, answer.body)({ response, answer } as Parameters<ReturnType<typeof odd.says>>[0]);
  });
  const { result, missing, leftOut } = await prepareTranslation(source, { language: 'fa' }).run({
    ...context,
  });
  expect(result.segments.map(({ isTranslated }) => isTranslated)).toEqual(source.segments.map(() => true));
  expect({ missing, leftOut }).toEqual({ missing: [], leftOut: 0 });
});

test('a section that the model refuses is missing, with its time, and the others are used', async () => {
  const source = sourceOf(
    Array.from({ length: 400 }, (_, at) => `they talk about the plan for the garden, line ${at + 1}`),
    'en',
  );
  const { server, context } = await startScriptedModel(summarise);
  server.odd('chat', ({ response, answer }) => {
    const body = structuredClone(answer.body) as { choices: { message: { refusal: string | null } }[] };
    const isFirst = linesOf(server.calls.at(-1)?.data ?? '', 'transcript')[0]?.number === 1;
    for (const { message } of body.choices) message.refusal = isFirst ? 'I cannot help with that.' : null;
    odd.says(200, body)({ response, answer } as Parameters<ReturnType<typeof odd.says>>[0]);
  });
  const { result, missing } = await prepareSummary(source, english).run(context);
  expect(missing).toMatchObject([{ start: 0 }]);
  expect(result.statements.length).toBeGreaterThan(0);
});

test('a failure that may pass ends the run, and the sections before it stay saved', async () => {
  const source = sourceOf(
    Array.from({ length: 600 }, (_, at) => `they talk about the plan for the garden, line ${at + 1}`),
    'en',
  );
  const sections = createSavedCalls();
  const { server, context } = await startScriptedModel(summarise, { maxParallelCalls: 1 });
  server.odd('chat', (exchange) => {
    const isSecond = server.calls.length === 2;
    odd.says(isSecond ? 429 : 200, isSecond ? { error: { message: 'slow down' } } : exchange.answer.body, {
      'retry-after': '3',
    })(exchange);
  });
  const error = await prepareSummary(source, english)
    .run({ ...context, sections })
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(LanguageModelError);
  expect(error).toMatchObject({ kind: 'rate_limited', retryable: true, retryAfterMs: 3_000 });
  expect(sections.saved.size).toBe(1);
});

test('a transcript without speech takes no call', async () => {
  const { server, context } = await startScriptedModel(summarise);
  const work = prepareSummary(sourceOf([], 'fa'), english);
  expect(await work.run(context)).toMatchObject({ result: { statements: [] }, leftOut: 0, missing: [] });
  expect(server.calls).toEqual([]);
  expect(work.estimate(context.model.profile).calls).toBe(0);
});

test('segments that may be hallucinations are neither sent nor accepted as a proof', async () => {
  const source = sourceOf(
    ['thank you for watching this video', 'the budget of the project is settled'],
    'en',
  );
  const [first, second] = source.segments;
  if (first === undefined || second === undefined) throw new Error('no segments');
  const segments = [{ ...first, isHallucination: true }, second];
  const { server, context } = await startScriptedModel(() => ({
    statements: segments.map(({ number, text }) => statementOf(number, text)),
  }));
  const { result, leftOut } = await prepareSummary({ ...source, segments }, english).run(context);
  expect(server.calls[0]?.data).not.toContain('watching');
  expect(result.statements.map(({ segments: numbers }) => numbers)).toEqual([[2]]);
  expect(leftOut).toBe(1);
});

import { afterEach, expect, test } from 'vitest';
import { CorrectionThread } from '../../../src/features/corrections/thread/correction-thread.ts';
import type {
  AppliedCorrection,
  CorrectionRequest,
} from '../../../src/features/corrections/thread/request.ts';
import { correct } from '../../../src/features/corrections/wanted.ts';
import { OnDemandThread, TookTooLong } from '../../../src/threads/on-demand-thread.ts';
import { pack } from '../../../src/threads/packed.ts';
import { LoopWatch } from '../../support/event-loop.ts';
import { manyWords, passageOf } from '../../support/large-texts.ts';
import { segmentsOf } from '../../support/segments.ts';
import { until } from '../../support/until.ts';

const opened: CorrectionThread[] = [];
function open(options?: ConstructorParameters<typeof CorrectionThread>[0]): CorrectionThread {
  const thread = new CorrectionThread(options);
  opened.push(thread);
  return thread;
}
afterEach(async () => {
  for (const thread of opened.splice(0)) await thread.close();
});

const segments = segmentsOf(...manyWords(16_600));
const short = segmentsOf('I like tabir.', 'And what else?');
const note = { kind: 'notes', notes: [{ wrong: 'tabir', right: 'Dabir' }] } as const;

test('the correction thread gives the same result as a direct call', async () => {
  const thread = open({ budgetMs: 60_000 });
  expect(await thread.correct(short, note)).toEqual(correct(short, note));
  const passage = { kind: 'passage', passage: passageOf(segments, 300) } as const;
  const corrected = await thread.correct(segments, passage);
  expect(corrected).toEqual(correct(segments, passage));
  expect(corrected).toMatchObject({ done: expect.arrayContaining([expect.objectContaining({ places: 1 })]) });
  for (const [words, result] of [
    ['And what else?', 'same'],
    ['Nothing of the kind, my dear.', 'unclear'],
    ['word '.repeat(301), 'long'],
  ] as const) {
    expect(await thread.correct(short, { kind: 'passage', passage: words })).toBe(result);
  }
});

test('the event loop keeps running while 300 words are compared with 16,600', async () => {
  const thread = open({ budgetMs: 60_000 });
  const watch = new LoopWatch();
  await thread.correct(segments, { kind: 'passage', passage: passageOf(segments, 300) });
  expect(await watch.longestMs()).toBeLessThan(100);
  watch.stop();
});

test('a correction that exceeds its time budget is reported as too long, and its thread is ended', async () => {
  const thread = open({ budgetMs: 1 });
  const passage = { kind: 'passage', passage: passageOf(segments, 300) } as const;
  expect(await thread.correct(segments, passage)).toBe('long');
  expect(thread.isAlive).toBe(false);
});

test('a correction that waits behind one that is too long is served by the next thread', async () => {
  const entry = new URL('../../../src/features/corrections/thread/main.ts', import.meta.url);
  const thread = new OnDemandThread<CorrectionRequest, AppliedCorrection>({
    name: 'a thread',
    entry,
    memoryMb: 512,
    idleMs: 60_000,
  });
  const long = {
    segments: await pack(segments),
    wanted: { kind: 'passage', passage: passageOf(segments, 300) },
  } as const;
  const quick = { segments: await pack(short), wanted: note };
  const [first, second] = await Promise.allSettled([thread.run(long, 1), thread.run(quick, 60_000)]);
  expect(first).toMatchObject({ status: 'rejected', reason: expect.any(TookTooLong) });
  expect(second).toMatchObject({ status: 'fulfilled', value: { kind: 'corrected', changed: [0] } });
  await thread.close();
  await expect(thread.run(quick, 60_000)).rejects.toThrow('a thread was closed');
});

test('a thread starts with the first correction and ends when no correction has come for a while', async () => {
  const thread = open({ budgetMs: 60_000, idleMs: 20 });
  expect(thread.isAlive).toBe(false);
  await thread.correct(short, note);
  expect(thread.isAlive).toBe(true);
  await until(() => !thread.isAlive || undefined);
  expect(await thread.correct(short, note)).toMatchObject({ changed: [0] });
});

// The fault numbers in titles are those of docs/faults.md.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import type { Person } from '../support/person.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;

let dabir: ForkedDabir;
let sara: Person;

beforeAll(async () => {
  // The deadline of a file is three seconds for any length.
  dabir = await startForkedDabir({ env: { MAX_ATTEMPTS: '2', JOB_DEADLINE_MINUTES: '0.05' } });
  await dabir.startBot();
  await dabir.startWorker();
});
afterAll(() => dabir.close());
beforeEach(async () => {
  sara = await dabir.person('Sara', 'en');
});

describe('fault 15: an engine that answers 429 or 500', () => {
  test('fault 15: an engine that answers 429 or 500 with a time to come back is not called earlier', async () => {
    dabir.engine.plan({ fails: 'engine_failed', retryAfterMs: 1_500 });
    const { note } = await sara.asksFor('tone.ogg', voice);
    expect(await answerTo(sara, note)).toEqual(onceAndWhole);
    const [, givenBack, again] = await dabir.database.stateChange.findMany({
      where: { userId: sara.id, toState: { in: ['QUEUED', 'PROCESSING'] }, fromState: { not: 'CHOOSING' } },
      orderBy: { id: 'asc' },
    });
    expect(Number(again?.at) - Number(givenBack?.at)).toBeGreaterThanOrEqual(1_500);
  });

  test('fault 15: an engine that answers 429 or 500 repeatedly fails the file with a reason; the next file continues, and a button retries once', async () => {
    const before = dabir.engine.calls.length;
    dabir.engine.plan({ fails: 'engine_failed' }, { fails: 'engine_failed' });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    const next = await sara.asksFor('tone.ogg', voice);
    const reason = sara.word('error-engine_failed');
    expect(await sara.ending(note)).toBe(`✗ ${reason}`);
    expect(sara.looks(status)).toContain(sara.word('status-retrying', { reason, seconds: 1 }));
    expect(await answerTo(sara, next.note)).toEqual(onceAndWhole);
    expect(dabir.engine.calls.length - before, 'two attempts, and the next file').toBe(3);

    await sara.presses(status, sara.word('button-retry'));
    await sara.reads('سلام دنیا', note);
    expect(await answerTo(sara, note)).toEqual(onceAndWhole);
  });
});

test('fault 16: an engine that hangs is ended by the job’s deadline, and the next file continues', async () => {
  const before = dabir.engine.calls.length;
  dabir.engine.hold();
  const { note, status } = await sara.asksFor('tone.ogg', voice);
  const hung = await dabir.engine.call(before + 1);
  const next = await sara.asksFor('tone.ogg', voice);
  await until(() => hung.left);
  dabir.engine.release();
  expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-deadline_exceeded')}`);
  expect(sara.buttons(status)).toContain(sara.word('button-retry'));
  expect(await answerTo(sara, next.note)).toEqual(onceAndWhole);
});

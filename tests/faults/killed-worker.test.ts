// The fault numbers in titles are those of docs/faults.md.

import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { movesOf, startsIn } from '../support/lane-history.ts';
import type { Person } from '../support/person.ts';
import { until } from '../support/until.ts';

let dabir: ForkedDabir;
let workers: Fork[];
let sara: Person;

beforeEach(async () => {
  dabir = await startForkedDabir();
  await dabir.startBot();
  workers = await Promise.all([dabir.startWorker(), dabir.startWorker()]);
  sara = await dabir.person('سارا', 'fa');
});
afterEach(() => dabir.close());

const voice = { kind: 'voice' } as const;
const processWith = (pid: number) => workers.find((worker) => worker.pid === pid);

test('fault 1: a file whose worker is killed is claimed by another, and gives one transcript and one answer', async () => {
  dabir.engine.hold();
  const { note } = await sara.asksFor('tone.ogg', voice);
  const { worker: killed } = await dabir.engine.call(1);
  await processWith(killed)?.kill();
  const { worker: second } = await dabir.engine.call(2);
  dabir.engine.release();

  expect(await answerTo(sara, note)).toEqual(onceAndWhole);
  expect(startsIn(await movesOf(dabir.database, [sara])).map(({ worker }) => worker)).toEqual([
    killed,
    second,
  ]);
  expect(await dabir.database.transcript.count()).toBe(1);

  // A killed worker cannot delete its files; the next one that starts does, so that no user's voice stays on
  // the disk.
  await dabir.startWorker();
  await until(
    async () => !(await readdir(tmpdir())).some((name) => name.startsWith(`dabir-work-${killed}-`)),
  );
});

test.each([
  // The same edit again changes nothing.
  ['the text', 'editMessageText', { texts: 1, documents: 3 }],
  ['the documents', 'sendMediaGroup', { texts: 1, documents: 6 }],
] as const)(
  'fault 2: when a worker is killed between sending %s and marking it, that alone is sent once more, and logged',
  async (_what, method, { texts, documents }) => {
    dabir.engine.hold();
    const { note } = await sara.asksFor('tone.ogg', voice);
    const { worker: killed } = await dabir.engine.call(1);
    // No edit of the progress comes within the next 3 s.
    await sara.reads(sara.word('status-transcribe'), note);
    // The message arrives, and the response to the call does not.
    dabir.playground.faults.set(method, { kind: 'hang', after: true }, 1);
    dabir.engine.release();
    await until(() =>
      dabir.playground.calls().some((call) => call.method === method && call.status === null),
    );
    await processWith(killed)?.kill();
    // The 20 s pass in which only the worker that finished the file sends its answer (answerLeaseMs).
    await dabir.database.transcription.updateMany({ data: { deliverAfter: new Date(0) } });

    const answer = await answerTo(sara, note);
    expect(answer.texts).toEqual(Array(texts).fill('سلام دنیا'));
    expect(answer.documents).toBe(documents);
    const survivor = workers.find(({ pid }) => pid !== killed);
    await survivor?.logs('sending from the outbox', '"transcription":1');
    expect(await dabir.database.transcript.count()).toBe(1);
    expect(startsIn(await movesOf(dabir.database, [sara]))).toHaveLength(1);
  },
);

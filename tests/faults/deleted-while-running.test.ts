// The fault numbers in titles are those of docs/faults.md.

import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;

let dabir: ForkedDabir;
let worker: Fork;

beforeAll(async () => {
  // A heartbeat comes after three seconds, and an edit of the status message before it.
  dabir = await startForkedDabir({ env: { LEASE_SECONDS: '12' } });
  await dabir.startBot();
  worker = await dabir.startWorker();
});
afterAll(() => dabir.close());

test('fault 12: deleting a running file stops the work, leaves nothing of it, and starts the next one', async () => {
  const sara = await dabir.person('Sara', 'en');
  dabir.engine.hold();
  const { note, status } = await sara.asksFor('tone.ogg', voice);
  const call = await dabir.engine.call(1);
  const next = await sara.asksFor('tone.ogg', voice);
  const { id } = await dabir.database.transcription.findFirstOrThrow({ where: { messageId: note } });
  expect(await workFolders(worker.pid)).toHaveLength(1);

  // No button offers it before the end, but the file's user may delete it at any time.
  expect(await sara.forges(status, `erase:${id}`)).toBe(sara.word('answer-deleted'));
  await until(() => call.left);
  await dabir.engine.call(2);
  expect(await rowsOf(id)).toBe(0);
  expect(await workFolders(worker.pid)).toHaveLength(1);

  dabir.engine.release();
  expect(await answerTo(sara, next.note)).toEqual(onceAndWhole);
  expect(await workFolders(worker.pid)).toEqual([]);
  expect(await rowsOf(id)).toBe(0);
  // An edit that the worker made before it noticed does not stay.
  await worker.stop();
  await until(() => sara.looks(status).at(-1) === sara.word('status-deleted'));
  expect(sara.answers(note)).toHaveLength(1);
});

/** Returns a worker's folders, one for each file that it works on. */
async function workFolders(worker: number): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`dabir-work-${worker}-`));
}

/** Counts the rows of a file in all tables. */
async function rowsOf(transcriptionId: bigint): Promise<number> {
  const { transcription, transcript, chunk, delivery, stateChange } = dabir.database;
  const counts = await Promise.all([
    transcription.count({ where: { id: transcriptionId } }),
    transcript.count({ where: { transcriptionId } }),
    chunk.count({ where: { transcriptionId } }),
    delivery.count({ where: { transcriptionId } }),
    stateChange.count({ where: { transcriptionId } }),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

// The fault numbers in titles are those of docs/faults.md.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLanes } from '../../src/store/lanes.ts';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { movesOf } from '../support/lane-history.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

const voice = { kind: 'voice' } as const;

let dabir: ForkedDabir;

beforeAll(async () => {
  dabir = await startForkedDabir();
  await dabir.startBot();
  await dabir.startWorker();
});
afterAll(() => dabir.close());

test('fault 10: beside a user with five hundred files, another user waits for at most one of them', async () => {
  const [emma, liam] = [await dabir.person('Emma', 'en'), await dabir.person('Liam', 'en')];
  dabir.engine.hold();
  await emma.asksFor('tone.ogg', voice);
  await dabir.engine.call(1);
  await lineUp(emma.id, 499);
  const { note } = await liam.asksFor('tone.ogg', voice);
  dabir.engine.release();
  expect(await answerTo(liam, note)).toEqual(onceAndWhole);

  const moves = await movesOf(dabir.database, [emma, liam]);
  const turn = moves.findIndex(({ user, to }) => user === liam.id && to === 'QUEUED');
  const start = moves.findIndex(({ user, to }) => user === liam.id && to === 'PROCESSING');
  // A file enters the lane when its engine is chosen, or at once where it is known.
  const entered = moves
    .slice(0, turn)
    .filter(({ from, to }) => from === 'CHOOSING' || (from === null && to !== 'CHOOSING'));
  expect(entered).toHaveLength(500);
  const between = moves.slice(turn, start).filter(({ to }) => to === 'PROCESSING');
  expect(between.length).toBeLessThanOrEqual(1);
});

/** Adds the same voice note `count` times, straight into the user's lane. */
async function lineUp(user: number, count: number): Promise<void> {
  const lanes = createLanes(dabir.database, patientLanes);
  const sent = await dabir.database.transcription.findFirstOrThrow({ where: { userId: user } });
  for (let index = 0; index < count; index += 1) {
    const { id } = await submitted(lanes, { ...upload({ user }), fileId: sent.fileId });
    await lanes.choose(id, user, 'local');
  }
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGroups } from '../../../src/features/groups/store.ts';
import { createLanes } from '../../../src/store/lanes.ts';
import { fillLanes } from '../../support/full-lanes.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../../support/plan-database.ts';
import { patientLanes, submitted, upload } from '../../support/uploads.ts';

/** A group with 2,000 files of 200 users, six of each under way, among 1,800 private chats. */
const group = { id: -1_001_000_000_001, type: 'supergroup', title: 'Friends' };

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];
beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await fillLanes(client, { from: 1, users: 2_000, ended: 4, open: 6 });
    await client.query('INSERT INTO chat (id, type) VALUES ($1, $2)', [group.id, group.type]);
    await client.query(`UPDATE transcription SET "chatId" = ${group.id} WHERE "userId" <= 200`);
    await client.query('UPDATE transcription SET "statusMessageId" = id');
    await client.query('ANALYZE');
  }));
});
afterAll(() => close());

test('no query about a group scans a whole table or reads many rows, however many files the group has', async () => {
  const lanes = createLanes(database, patientLanes);
  const groups = createGroups(database);
  for (let round = 0; round < planRounds; round += 1) {
    const asked = { ...upload({ user: 1_000 + round }), chat: group, fileUniqueId: `voice-${round}` };
    const { id } = await reads.watched('submit', () => submitted(lanes, asked));
    const again = {
      ...asked,
      ...upload({ user: 2_000 + round }),
      chat: group,
      fileUniqueId: `voice-${round}`,
    };
    expect(await reads.watched('submit again', () => submitted(lanes, again))).toMatchObject({
      id,
      created: false,
    });
    await lanes.setStatusMessage(id, 50_000 + round);
    expect(await reads.watched('owner', () => groups.ownerOf(group.id, 50_000 + round))).toBe(1_000 + round);
    await reads.watched('settings', () => groups.settings(group.id));
    await reads.watched('change', () => groups.change(group, { automaticBy: 1 + round }));
    expect(await reads.watched('open', () => groups.listOpen(group.id, 100))).toHaveLength(100);
  }
  expect(reads.extraWordCost()).toEqual([]);
});

import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createBulkChanges } from '../../src/store/admin/bulk-changes.ts';
import { openLaneStore } from '../support/lane-store.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

// Three files, or one minute; each file of these tests has 11 s.
const { database, lanes, close } = await openLaneStore(5, {
  ...patientLanes,
  maxOpenFiles: 3,
  maxOpenMinutes: 1,
});
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 1;
});

const arrives = (seconds = 11) => lanes.submit({ ...upload({ user }), announcedSeconds: seconds });

describe('a full lane', () => {
  test('a full lane is limited in its number of files, in all waiting states', async () => {
    const first = await submitted(lanes, upload({ user }));
    await lanes.choose(first.id, user, 'local');
    await arrives();
    await arrives();
    expect(await arrives()).toEqual({ outcome: 'full', limit: 'files', max: 3 });
    expect(await database.transcription.count({ where: { userId: user } })).toBe(3);
  });

  test('a full lane accepts the next file when one has ended or was deleted', async () => {
    const files = [await submitted(lanes, upload({ user })), await submitted(lanes, upload({ user }))];
    await arrives();
    expect((await arrives()).outcome).toBe('full');
    await lanes.cancel(files[0]?.id ?? 0, user);
    expect((await arrives()).outcome).toBe('accepted');
    expect((await arrives()).outcome).toBe('full');
    await lanes.delete(files[1]?.id ?? 0, user);
    expect((await arrives()).outcome).toBe('accepted');
  });

  test('a full lane is limited in its minutes, but an empty one accepts a file of any length', async () => {
    expect((await arrives(7200)).outcome).toBe('accepted');
    expect(await arrives(1)).toEqual({ outcome: 'full', limit: 'minutes', max: 1 });
  });

  test('a full lane accepts what still fits into its minutes', async () => {
    expect((await arrives(40)).outcome).toBe('accepted');
    expect(await arrives(21)).toMatchObject({ outcome: 'full', limit: 'minutes' });
    expect((await arrives(20)).outcome).toBe('accepted');
  });

  test('a full lane still recognises an upload that was accepted before', async () => {
    const known = upload({ user });
    const { id } = await submitted(lanes, known);
    await arrives();
    await arrives();
    expect(await lanes.submit(known)).toMatchObject({ outcome: 'accepted', id, created: false });
  });
});

describe('pruning', () => {
  test('pruning deletes old history and files that were never chosen for, in batches', async () => {
    const old = await submitted(lanes, upload({ user }));
    const young = await submitted(lanes, upload({ user }));
    const longAgo = new Date(Date.now() - 40 * 86_400_000);
    await database.stateChange.updateMany({ where: { transcriptionId: old.id }, data: { at: longAgo } });
    await database.transcription.update({ where: { id: old.id }, data: { runAfter: longAgo } });

    expect(await lanes.prune(10)).toBe(2);
    expect(await lanes.prune(10)).toBe(0);
    const states = await database.transcription.findMany({
      where: { userId: user },
      orderBy: { seq: 'asc' },
    });
    expect(states.map(({ state }) => state)).toEqual(['CANCELLED', 'CHOOSING']);
    const history = await database.stateChange.findMany({ where: { userId: user }, orderBy: { id: 'asc' } });
    expect(history.map(({ transcriptionId, toState }) => [Number(transcriptionId), toState])).toEqual([
      [young.id, 'CHOOSING'],
      [old.id, 'CANCELLED'],
    ]);
  });

  test('pruning deletes bulk changes that ended long ago, in batches, and none that is open or young', async () => {
    const changes = createBulkChanges(database);
    const filter = { state: null, engine: null, kind: null, search: '' } as const;
    const ids: number[] = [];
    for (let made = 0; made < 5; made += 1) ids.push(await changes.add('cancel', filter, user, 1, 0));
    const [open = 0, young = 0, ...old] = ids;
    for (const id of [young, ...old]) await changes.stop(id);
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    await database.bulkChange.updateMany({ data: { createdAt: longAgo } });
    await database.bulkChange.updateMany({ where: { id: { in: old } }, data: { endedAt: longAgo } });

    expect([await lanes.prune(2), await lanes.prune(2), await lanes.prune(2)]).toEqual([2, 1, 0]);
    const left = await database.bulkChange.findMany({ orderBy: { id: 'asc' } });
    expect(left.map(({ id, state }) => [Number(id), state])).toEqual([
      [open, 'OPEN'],
      [young, 'STOPPED'],
    ]);
  });
});

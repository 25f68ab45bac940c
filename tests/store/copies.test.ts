import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultChoice } from '../../src/domain/document-choice.ts';
import type { Upload } from '../../src/domain/transcription.ts';
import { createCopies } from '../../src/store/copies.ts';
import { createEarlierTranscripts } from '../../src/store/earlier-transcripts.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { waitingForLocks } from '../support/databases.ts';
import { completed, ended, failed, queued } from '../support/lane-files.ts';
import { openLaneStore } from '../support/lane-store.ts';
import { until } from '../support/until.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

const { database, lanes, row, close } = await openLaneStore(6);
afterAll(close);
const copies = createCopies(database, patientLanes);
const earlierTranscripts = createEarlierTranscripts(database, patientLanes);
let user = 0;
beforeEach(() => {
  user += 1;
});

const count = () => database.transcription.count({ where: { userId: user } });
const setting = (who = user) => database.setting.findUnique({ where: { userId: who } });

describe('a copy for another engine', () => {
  test('a copy for another engine is the same file, waits for an engine, and is made once while it does', async () => {
    await ended(lanes, user, completed, { fileName: 'another.ogg' });
    const id = await ended(lanes, user, completed, { fileName: 'a.ogg', formats: ['pdf'] });
    const copy = await copies.create(id, user);
    if (copy.outcome !== 'accepted') throw new Error(copy.outcome);
    expect(copy).toMatchObject({ created: true, state: 'CHOOSING', lastEngine: 'local' });
    const { id: _, seq, uploadKey, copyOf, state, createdAt, ...rest } = await row(copy.id);
    const first = await row(id);
    expect({ copyOf, state, seq }).toEqual({ copyOf: BigInt(id), state: 'CHOOSING', seq: first.seq + 1 });
    expect(uploadKey).not.toBe(first.uploadKey);
    for (const same of [
      'chatId',
      'messageId',
      'kind',
      'fileId',
      'fileUniqueId',
      'fileName',
      'formats',
      'sentAt',
    ] as const)
      expect(rest[same]).toEqual(first[same]);
    expect(await copies.create(id, user)).toEqual({ outcome: 'already' });
    // Once an engine is chosen for it, there may be another.
    await lanes.choose(copy.id, user, 'local');
    expect((await copies.create(id, user)).outcome).toBe('accepted');
    expect(await database.user.findUnique({ where: { id: user } })).toMatchObject({
      firstName: 'سارا',
      languageCode: 'fa',
    });
  });

  test('a copy in another language takes over one that waits for an engine, with its picker', async () => {
    const id = await ended(lanes, user);
    const copy = await copies.create(id, user);
    if (copy.outcome !== 'accepted') throw new Error(copy.outcome);
    await lanes.setStatusMessage(copy.id, 77);
    expect(await copies.create(id, user, 'en')).toMatchObject({
      outcome: 'accepted',
      id: copy.id,
      created: false,
      statusMessageId: 77,
    });
    expect((await row(copy.id)).language).toBe('en');
    expect(await copies.create(id, user + 1_000_000, 'de')).toEqual({ outcome: 'unknown' });
    expect((await row(copy.id)).language).toBe('en');
  });

  test('a copy for another engine is made of the user’s own files alone, and counts towards a full lane', async () => {
    const id = await ended(lanes, user);
    const other = await ended(lanes, user);
    expect(await copies.create(id, user + 1_000_000)).toEqual({ outcome: 'unknown' });
    const narrow = createCopies(database, { ...patientLanes, maxOpenFiles: 1 });
    expect((await narrow.create(id, user)).outcome).toBe('accepted');
    expect(await narrow.create(other, user)).toMatchObject({ outcome: 'full', max: 1 });
    expect(await database.transcription.count({ where: { userId: user, copyOf: { not: null } } })).toBe(1);
  });
});

describe('an earlier transcript', () => {
  const same = { fileUniqueId: 'same' };
  const again = async (file: Partial<Upload> = {}, who = user) =>
    (await submitted(lanes, { ...upload({ user: who }), ...same, ...file })).id;
  /** Returns what is found when the engine is chosen. A file that gets its engine instead leaves the lane again. */
  const earlierOf = async (id: number, engine: 'local' | 'vira' = 'local', who = user) => {
    const choice = await earlierTranscripts.chooseOrFind(id, who, engine);
    if (choice.outcome === 'chosen') await lanes.cancel(id, who);
    return choice.outcome === 'earlier' ? choice.earlier : null;
  };
  const found = async (...of: Parameters<typeof earlierOf>) => (await earlierOf(...of))?.id ?? null;

  test('an earlier transcript is the latest one of the same file by the same engine', async () => {
    await ended(lanes, user, completed, same);
    const latest = await ended(lanes, user, completed, same);
    await ended(lanes, user, completed, { fileUniqueId: 'another' });
    await ended(lanes, user, failed, same);
    const id = await again();
    expect(await earlierOf(id)).toMatchObject({
      id: latest,
      durationSeconds: 11,
      transcript: completed.transcript,
    });
    expect(await found(id, 'vira')).toBeNull();
  });

  test('an earlier transcript is found for a file that waits for an engine, in its own language, and for its user alone', async () => {
    const first = await ended(lanes, user, completed, same);
    expect(await found(await again({ language: 'de' }))).toBeNull();
    const german = await ended(lanes, user, completed, { ...same, language: 'de' });
    expect(await found(await again({ language: 'de' }))).toBe(german);
    const id = await again();
    expect(await found(id)).toBe(first);
    const stranger = user + 1_000_000;
    const theirs = await again({}, stranger);
    expect(await found(theirs, 'local', stranger)).toBeNull();
    expect(await found(id, 'local', stranger)).toBeNull();
    await lanes.cancel(id, user);
    expect(await found(id)).toBeNull();
  });

  test('an earlier transcript is not used for a copy, nor when its audio is longer than four hours', async () => {
    const first = await ended(lanes, user, completed, same);
    const copy = await copies.create(first, user);
    expect(copy.outcome === 'accepted' && (await found(copy.id))).toBeNull();
    const id = await again();
    await database.transcript.update({
      where: { transcriptionId: first },
      data: { durationSeconds: 14_400 },
    });
    expect(await found(id)).toBe(first);
    await database.transcript.update({
      where: { transcriptionId: first },
      data: { durationSeconds: 14_401 },
    });
    expect(await found(id)).toBeNull();
  });

  test('an earlier transcript comes with the documents that its caption names, or else those that the user has chosen', async () => {
    await ended(lanes, user, completed, same);
    const documents = { formats: ['docx'], digits: 'latin' };
    await database.setting.update({ where: { userId: user }, data: { documents } });
    const chosen = await earlierOf(await again());
    expect(chosen?.documents).toMatchObject(documents);
    const named = await earlierOf(await again({ formats: ['pdf'] }));
    expect(named?.documents).toMatchObject({ formats: ['pdf'], digits: 'latin' });
  });

  test('an earlier transcript is used only where its speakers were told apart as the settings wish now', async () => {
    const wishes = (speakers: string) =>
      database.setting.update({ where: { userId: user }, data: { documents: { formats: [], speakers } } });
    const album = (speakers: 'shown' | 'found') =>
      ({ kind: 'album', part: 0, payload: { ...defaultChoice, speakers } }) as const;
    const told = (speakers: 'shown' | 'found') => ({ ...completed, deliveries: [album(speakers)] });
    const without = await ended(lanes, user, told('shown'), same);
    expect(await found(await again())).toBe(without);
    await wishes('found');
    expect(await found(await again())).toBeNull();
    const withSpeakers = await ended(lanes, user, told('found'), same);
    expect(await found(await again())).toBe(withSpeakers);
    await wishes('shown');
    expect(await found(await again())).toBe(without);
    // Names that are not shown need not be known.
    await wishes('hidden');
    expect(await found(await again())).toBe(withSpeakers);
    expect(await found(await again({ speakers: 2 }))).toBeNull();
  });

  test('an earlier transcript is reused: the file is COMPLETED with it at once, its answer is due, and the engine counts as chosen', async () => {
    const id = await ended(lanes, user, completed, same);
    const next = await again();
    const earlier = await earlierOf(next);
    if (earlier === null) throw new Error('none');
    expect(await earlierTranscripts.reuse(next, user, 'local', earlier, completed.deliveries)).toBe(true);
    const reused = await row(next);
    expect(reused).toMatchObject({
      state: 'COMPLETED',
      engine: 'local',
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
    });
    expect(reused.deliverAfter?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    const {
      transcriptionId: _,
      createdAt,
      ...transcript
    } = await database.transcript.findUniqueOrThrow({ where: { transcriptionId: next } });
    expect(await database.transcript.findUnique({ where: { transcriptionId: id } })).toMatchObject(
      transcript,
    );
    expect(await database.delivery.findMany({ where: { transcriptionId: next } })).toMatchObject(
      completed.deliveries,
    );
    expect(await setting()).toMatchObject({ lastEngine: 'local' });
    expect(await earlierTranscripts.reuse(next, user, 'local', earlier, completed.deliveries)).toBe(false);
  });

  test('an earlier transcript is not reused for a file that has its engine, nor by or from another user', async () => {
    const stranger = user + 1_000_000;
    const first = await ended(lanes, user, completed, same);
    const theirs = await ended(lanes, stranger, completed, same);
    const id = await again();
    const earlier = await earlierOf(id);
    if (earlier === null) throw new Error('none');
    const nothing = completed.deliveries;
    expect(await earlierTranscripts.reuse(id, user, 'local', { ...earlier, id: theirs }, nothing)).toBe(
      false,
    );
    expect(await earlierTranscripts.reuse(id, stranger, 'local', { ...earlier, id: theirs }, nothing)).toBe(
      false,
    );
    expect(await earlierTranscripts.reuse(id, user, 'local', { ...earlier, id: id }, nothing)).toBe(false);
    const token = await queued(lanes, user, { fileUniqueId: 'other' });
    expect(await earlierTranscripts.reuse(token.id, user, 'local', earlier, nothing)).toBe(false);
    expect(await row(id)).toMatchObject({ state: 'CHOOSING', engine: null });
    expect(await row(token.id)).toMatchObject({ state: 'QUEUED' });
    expect(await database.delivery.count({ where: { transcriptionId: { in: [id, token.id] } } })).toBe(0);
    expect((await row(first)).state).toBe('COMPLETED');
  });
});

describe('a file in a group', () => {
  let group: Upload['chat'];
  beforeEach(() => {
    group = { id: -1_000_000 - user, type: 'supergroup', title: 'Friends' };
  });
  const asks = (who: number, file: Partial<Upload> = {}) =>
    submitted(lanes, { ...upload({ user: who }), chat: group, fileUniqueId: 'spoken', ...file });

  test('a file in a group is the same transcription for everybody who asks for it, in this group alone', async () => {
    const mine = await asks(user);
    await lanes.setStatusMessage(mine.id, 77);
    expect(await asks(user + 1_000_000)).toMatchObject({
      id: mine.id,
      created: false,
      state: 'CHOOSING',
      statusMessageId: 77,
      lastEngine: null,
    });
    expect(await count()).toBe(1);
    expect(await asks(user, { fileUniqueId: 'another' })).toMatchObject({ created: true });
    const elsewhere = { ...group, id: group.id - 500_000 };
    expect(await asks(user, { chat: elsewhere })).toMatchObject({ created: true });
  });

  test('a file in a group is transcribed again after a failure or a cancel, also from the same message', async () => {
    for (const ending of ['FAILED', 'CANCELLED'] as const) {
      const file = { ...upload({ user }), chat: group, fileUniqueId: ending };
      const first = await submitted(lanes, file);
      const other = await asks(user, { fileUniqueId: `${ending} other` });
      await database.transcription.update({ where: { id: first.id }, data: { state: ending } });
      const again = await submitted(lanes, file);
      expect(again).toMatchObject({ created: true, state: 'CHOOSING' });
      expect(again.id).not.toBe(first.id);
      expect((await row(first.id)).uploadKey).toBe(`${file.uploadKey}#${first.id}`);
      expect((await row(other.id)).uploadKey).not.toContain('#');
      await database.transcription.update({ where: { id: again.id }, data: { state: 'COMPLETED' } });
      expect(await submitted(lanes, file)).toMatchObject({ id: again.id, created: false });
    }
  });

  test('a file in a group that has a copy for another engine is the first transcription', async () => {
    const mine = await asks(user);
    await database.transcription.update({ where: { id: mine.id }, data: { state: 'COMPLETED' } });
    expect((await copies.create(mine.id, user)).outcome).toBe('accepted');
    expect(await asks(user + 1_000_000)).toMatchObject({ id: mine.id, created: false });
  });

  test('a file in a group asked for by two users at once is transcribed once', async () => {
    // The group and the user are known, so that only the file itself makes the second one wait.
    await asks(user, { fileUniqueId: 'first' });
    const stranger = user + 1_000_000;
    await asks(stranger, { fileUniqueId: 'second' });
    let mine = 0;
    let theirs: Promise<{ id: number }> = Promise.resolve({ id: 0 });
    await database.transaction(async (transaction) => {
      const file = { ...upload({ user }), chat: group, fileUniqueId: 'spoken' };
      mine = (await submitted(createLanes(transaction, patientLanes), file)).id;
      let hasEnded = false;
      theirs = asks(stranger).finally(() => {
        hasEnded = true;
      });
      await until(async () => hasEnded || (await waitingForLocks(database)) > 0);
    });
    expect((await theirs).id).toBe(mine);
  });
});

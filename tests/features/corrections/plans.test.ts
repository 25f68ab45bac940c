import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCorrections } from '../../../src/features/corrections/store.ts';
import { createDialogs } from '../../../src/features/dialogs/store.ts';
import { createGlossary } from '../../../src/features/glossary/store.ts';
import { createSentAnswers } from '../../../src/store/sent-answers.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../../support/plan-database.ts';

const users = 500;
/**
 * Files of each user. Their answers have the same message numbers, since each private chat counts its own.
 */
const files = 40;

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];

beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await client.query(`
    INSERT INTO "user" (id, "firstName") SELECT id, 'P' FROM generate_series(1, ${users}) AS id;
    INSERT INTO chat (id, type) SELECT id, 'private' FROM "user";
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId",
                               engine, "sentAt", "finishedAt")
    SELECT u, n, 'COMPLETED', 'k' || u || ':' || n, u, n * 10, 'voice', 'f', 'u' || n, 'local', now(), now()
      FROM generate_series(1, ${users}) AS u, generate_series(1, ${files}) AS n;
    INSERT INTO transcript ("transcriptionId", engine, "durationSeconds", text, segments)
    SELECT id, 'local', 60, 'hello', '[]' FROM transcription;
    INSERT INTO delivery ("transcriptionId", kind, part, payload, "sentMessageIds", "sentAt")
    SELECT id, 'text', 0, '{"text": "hello"}', ARRAY[seq * 10 + 1], now() FROM transcription;
    INSERT INTO correction ("transcriptionId", pairs, before, places)
    SELECT id, '[]', '[]', '{0}' FROM transcription WHERE seq <= 10;
    INSERT INTO glossary_entry ("userId", spelling, misspellings, learnt)
    SELECT u, 'word ' || n, ARRAY['heard ' || n], true FROM generate_series(1, ${users}) AS u, generate_series(1, 40) AS n;
    INSERT INTO dialog ("chatId", value) SELECT -id, '{}' FROM transcription`);
    await client.query('VACUUM ANALYZE');
  }));
});
afterAll(() => close());

test('a correction, a glossary and a dialog read only their own user’s rows, however many users there are', async () => {
  const corrections = createCorrections(database);
  const sentAnswers = createSentAnswers(database);
  const glossary = createGlossary(database);
  const dialogs = createDialogs(database);
  const { watched } = reads;
  for (let round = 1; round <= planRounds; round += 1) {
    const user = round * 7;
    const answered = await watched('fileOf', () => corrections.fileOf(user, round * 10 + 1, user), 10);
    const id = answered?.file.id ?? 0;
    expect(answered?.file.messageId).toBe(round * 10);
    await watched('note', () => corrections.recordMessage(id, user, 9_000));
    await watched('read', () => corrections.read(id, user), 10);
    const segments = [{ start: 0, end: 1, text: 'hallo', words: [] }] as never;
    const change = {
      segments,
      done: [{ wrong: 'hello', right: 'hallo', places: 1 }],
      before: [],
      learn: [{ wrong: 'hello', right: 'hallo' }],
    };
    // The user's own glossary is counted.
    const applied = await watched('apply', () => corrections.apply(id, user, 0, change), 200);
    if (applied.outcome !== 'corrected') throw new Error(applied.outcome);
    expect(applied.learnt).toBe(true);
    await watched('find', () => corrections.find(applied.id, user), 10);
    await watched('sent', () => sentAnswers.read(id), 10);
    await watched('bundle', () => sentAnswers.bundleOf(id), 10);
    await watched('listBundled', () => corrections.listBundled(id, user), 10);
    await watched('keep', () =>
      sentAnswers.save(id, { kind: 'text', part: 0, payload: { text: 'hallo' } }, [9_001]),
    );
    expect(await watched('undo', () => corrections.undo(applied.id, user, 1, segments), 200)).toBe('undone');
    const lessons = [{ wrong: 'hello', right: 'hallo' }];
    await watched('remember', () => corrections.remember(applied.id, user, lessons), 200);
    await watched('forget', () => corrections.forget(applied.id, user), 200);

    const entries = await watched('entries', () => glossary.entries(user));
    expect(entries).toHaveLength(40);
    await watched('add', () => glossary.add(user, null, 'Dabir'), 200);
    await watched('rename', () => glossary.rename(user, entries[0]?.id ?? 0, 'Radio'), 200);
    await watched('remove', () => glossary.remove(user, entries[1]?.id ?? 0), 10);

    expect(await watched('no dialog', () => dialogs.read(user), 10)).toBeNull();
    expect(await watched('begin', () => dialogs.write(user, null, {}), 10)).toBe(true);
    expect(await watched('go on', () => dialogs.write(user, 1, {}), 10)).toBe(true);
    await watched('nothing is old', () => dialogs.prune(), 10);
    await watched('end', () => dialogs.end(user), 10);
  }
  expect(reads.extraWordCost()).toEqual([]);
});

test('another user’s file, correction and glossary entry look as if they did not exist', async () => {
  const corrections = createCorrections(database);
  const glossary = createGlossary(database);
  const answered = await corrections.fileOf(100, 11, 100);
  const id = answered?.file.id ?? 0;
  const [entry] = await glossary.entries(100);
  const [made] = await database.correction.findMany({ where: { transcriptionId: id } });
  const change = { segments: [], done: [], before: [], learn: [] };
  expect(await corrections.fileOf(100, 11, 101)).toBeNull();
  expect(await corrections.read(id, 101)).toBeNull();
  expect(await corrections.apply(id, 101, 0, change)).toEqual({ outcome: 'unknown' });
  expect(await corrections.find(Number(made?.id), 101)).toBeNull();
  expect(await corrections.undo(Number(made?.id), 101, 0, [])).toBe('unknown');
  expect(await corrections.forget(Number(made?.id), 101)).toBe(false);
  expect(await glossary.rename(101, entry?.id ?? 0, 'mine')).toBe(false);
  expect(await glossary.remove(101, entry?.id ?? 0)).toBe(false);
});

test('the other transcriptions of a document do not include the corrected one itself', async () => {
  const user = 200;
  const { id: burstId } = await database.burst.create({ data: { userId: user, state: 'BUNDLED' } });
  await database.transcription.updateMany({
    where: { userId: user, seq: { lte: 3 } },
    data: { burstId },
  });
  const rows = await database.transcription.findMany({ where: { burstId }, orderBy: { seq: 'asc' } });
  const [first = 0, second = 0, third = 0] = rows.map(({ id }) => Number(id));
  const corrections = createCorrections(database);
  expect(await corrections.listBundled(second, user)).toEqual([first, third]);
  expect(await corrections.listBundled(second, user + 1)).toEqual([]);
});

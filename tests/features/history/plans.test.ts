import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHistory } from '../../../src/features/history/store.ts';
import { createErasures } from '../../../src/features/my-data/store/erasures.ts';
import { createExports } from '../../../src/features/my-data/store/exports.ts';
import { createRetention } from '../../../src/features/my-data/store/retention.ts';
import { fillUnderstanding } from '../../support/fill-understanding.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../../support/plan-database.ts';

const ofEverybody = 20_000;
/** User ids: one with three transcripts, and one with many. */
const few = 1;
const many = 2;

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];

beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await client.query(`
    INSERT INTO "user" (id, "firstName") SELECT id, 'P' FROM generate_series(1, 500) AS id;
    INSERT INTO chat (id, type) SELECT id, 'private' FROM "user";
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId",
                               engine, "sentAt", "finishedAt")
    SELECT u, n, 'COMPLETED', 'k' || n, u, n, 'voice', 'f', 'u' || n, 'local', now(), now() FROM (
      SELECT n, CASE WHEN n <= 3 THEN ${few} WHEN n % 10 = 0 THEN ${many} ELSE 3 + n % 490 END AS u
        FROM generate_series(1, ${ofEverybody}) AS n) AS files;
    INSERT INTO transcript ("transcriptionId", engine, "durationSeconds", text, segments)
    SELECT id, 'local', 60, 'سلام دوستان، این متن شمارهٔ ' || seq || ' است', '[]' FROM transcription;
    INSERT INTO chunk ("transcriptionId", "startMs", "endMs", engine) SELECT id, 0, 1, 'local' FROM transcription;
    INSERT INTO delivery ("transcriptionId", kind, part, payload, "sentMessageIds", "sentAt")
    SELECT id, 'text', 0, '{"text": "سلام"}', ARRAY[100000 + seq], now() FROM transcription;
    INSERT INTO correction ("transcriptionId", pairs, before, places) SELECT id, '[]', '[]', '{}' FROM transcription;
    INSERT INTO worker_loss ("transcriptionId", holder, alone) SELECT id, 'worker ' || id % 500, false FROM transcription;
    INSERT INTO "user" (id, "firstName") SELECT id, 'P' FROM generate_series(1001, 6000) AS id;
    INSERT INTO glossary_entry ("userId", spelling, learnt) SELECT id, 'واژه', false FROM "user" WHERE id > 1000;
    INSERT INTO dialog ("chatId", value) SELECT id, '{}' FROM "user" WHERE id > 1000;
    INSERT INTO setting ("userId") SELECT id FROM "user";
    INSERT INTO lane ("userId") SELECT id FROM "user";
    INSERT INTO history_view ("userId", "messageId") SELECT id, 1 FROM "user" WHERE id > 1000;
    INSERT INTO export ("userId", documents) SELECT id, true FROM "user" WHERE id > 1000;
    INSERT INTO erasure ("userId") SELECT id FROM "user" WHERE id > 1000;
    INSERT INTO invitation ("codeHash", "madeById", "usesLeft", "expiresAt") SELECT id, id, 1, now() FROM "user" WHERE id > 1000;
    INSERT INTO broadcast ("madeById", text) SELECT id, 'Hello' FROM "user" WHERE id > 1000;
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "sentSeconds", "downloadMs", "decodeMs", "transcribeMs")
    SELECT -id, id, 'local', 1, 1, 1, 1, 1 FROM "user" WHERE id > 1000;
    INSERT INTO feedback ("transcriptionId", "userId", good, engine) SELECT -id, id, true, 'local' FROM "user" WHERE id > 1000`);
    await fillUnderstanding(client);
    // As if everybody had searched before.
    await client.query(`SELECT search_index(id, ${ofEverybody}) FROM "user"`);
    await client.query('VACUUM ANALYZE');
  }));
});
afterAll(() => close());

test('the data summary, the retention and the erasure of a user read nothing of others', async () => {
  const keeping = createRetention(database);
  const forgetting = createErasures(database);
  const { watched } = reads;
  await keeping.setRetentionHours(many, 0);
  for (let round = 0; round < planRounds; round += 1) {
    const user = 4 + 10 * round;
    // Each has some forty transcripts.
    await watched('belongings', () => keeping.summary(user), 200);
    await watched('setRetentionHours', () => keeping.setRetentionHours(user, 24), 400);
    await watched('nothing is due', () => keeping.prune(20, 86_400_000), 10);
    await watched('ask', () => forgetting.ask(user));
    await watched('begin', () => forgetting.begin(user, 'fa', 60_000));
    await database.erasure.update({ where: { userId: user }, data: { leaseUntil: new Date(0) } });
    expect((await watched('take', () => forgetting.lease(60_000)))?.userId).toBe(user);
    expect(await watched('files', () => forgetting.listFiles(user, 5), 20)).toHaveLength(5);
    await database.transcription.deleteMany({ where: { userId: user } });
    await watched('account', () => forgetting.eraseAccount(user, 100));
    await watched('done', () => forgetting.end(user));
    await watched('nobody is due', () => forgetting.prune(20));
  }
  expect(reads.extraWordCost()).toEqual([]);
});

test('the export of a user reads nothing of others', async () => {
  const exports = createExports(database);
  const { watched } = reads;
  for (let round = 0; round < planRounds; round += 1) {
    const user = 105 + 10 * round;
    expect(await watched('begin', () => exports.begin(user, 1, true))).toBe(true);
    await watched('renew', () => exports.renew(user, 1_000));
    await watched('count', () => exports.count(user, 0), 200);
    const [file] = await watched('files', () => exports.files(user, 0, 5), 20);
    await watched('ofFile', () => exports.ofFile(file?.id ?? 0));
    expect(await watched('ofAccount', () => namesOf(exports.ofAccount(user)))).toEqual([
      'user',
      'chat',
      'setting',
      'lane',
      'export',
      'understanding_task',
      'understanding_spend',
      'minutes_template',
    ]);
    await watched('sent', () => exports.sent(user, 1));
    await watched('done', () => exports.done(user));
  }
  await watched('take', () => exports.lease(1_000));
  expect(reads.extraWordCost()).toEqual([]);
});

test('a user’s history and searches read nothing of others, however many there are', async () => {
  const history = createHistory(database);
  const { watched } = reads;
  const page = (user: number, words: string[] | null) => history.page(user, { words, from: null, limit: 5 });
  for (let round = 0; round < planRounds; round += 1) {
    expect((await watched('list', () => page(few, null), 20)).entries).toHaveLength(3);
    // A word in everybody's transcripts.
    expect((await watched('search', () => page(few, ['سلام']), 10)).entries).toHaveLength(3);
    expect((await watched('search, nothing', () => page(few, ['فضانورد']), 10)).entries).toEqual([]);
    expect(await watched('alike', () => history.alike(few, 'سلم'), 10)).toBe('سلام');
    expect((await watched('list of many', () => page(many, null))).more).toBe(true);
    const older = { direction: 'older', id: 10_000 } as const;
    await watched('an old page', () => history.page(many, { words: null, from: older, limit: 5 }));
    // All of the user's own transcripts with it, and no others.
    expect((await watched('search of many', () => page(many, ['دوستان']), ofEverybody / 10 + 50)).more).toBe(
      true,
    );
    await watched('open', () => history.find(few, 1, 4_000));
    await watched('view', () => history.setView(few, { messageId: round, query: null, promptId: null }));
  }
  expect(reads.extraWordCost()).toEqual([]);
});

async function namesOf(lots: AsyncIterable<{ readonly name: string }>): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of lots) names.push(name);
  return names;
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createSections,
  createSpends,
  createTemplates,
  createUnderstandingTasks,
} from '../../../src/features/understanding/index.ts';
import { fillLanes } from '../../support/full-lanes.ts';
import { openPlanDatabase, type PlanDatabase, planRounds } from '../../support/plan-database.ts';

/** Users with 10 ended tasks, 20 calls that cost money and three forms each; every tenth has an open task. */
const users = 2_000;

let database: PlanDatabase['database'];
let reads: PlanDatabase['reads'];
let close: PlanDatabase['close'];
beforeAll(async () => {
  ({ database, reads, close } = await openPlanDatabase(async (client) => {
    await fillLanes(client, { from: 1, users, ended: 4, open: 0 });
    await client.query(`
      INSERT INTO chat (id, type) SELECT id, 'private' FROM "user" ON CONFLICT DO NOTHING`);
    await client.query(`UPDATE transcription SET "chatId" = "userId"`);
    await client.query(`
      INSERT INTO understanding_task ("userId", "transcriptionId", kind, options, "replyToId", state, "endedAt", result)
      SELECT t."userId", t.id, 'summary', '{"language": "en"}', 1, 'DONE', now(),
             '{"kind": "summary", "model": "m", "language": "en", "leftOut": 0, "isIncomplete": false, "items": []}'
        FROM transcription t, generate_series(1, 3)`);
    await client.query(`
      INSERT INTO understanding_task ("userId", "transcriptionId", kind, options, "replyToId", "dueAt")
      SELECT "userId", min(id), 'chapters', '{"language": "en"}', 1, now() - "userId" * interval '1 second'
        FROM transcription WHERE "userId" % 10 = 0 GROUP BY "userId"`);
    await client.query(`
      INSERT INTO understanding_call ("taskId", key, answer)
      SELECT id, 'key ' || number, '{"value": 1, "failure": null, "usage": {"inputTokens": 1, "outputTokens": 1}}'
        FROM understanding_task, generate_series(100, 120) AS number WHERE "endedAt" IS NULL`);
    await client.query(`
      INSERT INTO minutes_template ("userId", name, sections) SELECT NULL, 'Form', '[]' FROM generate_series(1, 10)`);
    await client.query(`
      INSERT INTO understanding_spend ("userId", kind, "inputTokens", "outputTokens", amount, currency, at)
      SELECT id, 'summary', 1, 1, 0.01, 'USD', now() - number * interval '1 day' FROM "user", generate_series(1, 20) AS number`);
    await client.query(`
      INSERT INTO minutes_template ("userId", name, sections) SELECT id, 'Form', '[]' FROM "user", generate_series(1, 3)`);
    await client.query('ANALYZE');
  }));
});
afterAll(() => close());

test('no query about tasks, forms or money scans a whole table or reads many rows, however many users there are', async () => {
  const tasks = createUnderstandingTasks(database);
  const templates = createTemplates(database);
  const noLimits = { userDay: null, userMonth: null, allDay: null, allMonth: null };
  const spends = createSpends(database, 'USD', 'UTC', noLimits);
  for (let round = 0; round < planRounds; round += 1) {
    const userId = 1 + round * 10 + 1;
    const { id: transcriptionId } = await database.transcription.findFirstOrThrow({ where: { userId } });
    const wanted = { userId, transcriptionId: Number(transcriptionId), kind: 'tasks', replyToId: 1 } as const;
    const added = await reads.watched('add', () => tasks.add({ ...wanted, options: { language: 'en' } }));
    if (added.outcome !== 'added') throw new Error(added.outcome);
    await reads.watched('message', () => tasks.setMessage(added.id, 5));
    const task = await reads.watched('lease', () => tasks.lease('a worker', 60_000));
    if (task === null) throw new Error('nothing was due');
    await reads.watched('renew', () => tasks.renew(task, 60_000));
    await reads.watched('reserve', () => spends.reserve(task.id, task.userId, 1));
    const sections = createSections(database, task, { perMillionIn: 1, perMillionOut: 1, currency: 'USD' });
    const usage = { inputTokens: 1, outputTokens: 1 };
    await reads.watched('save', () => sections.save(`key ${round}`, { value: 1, failure: null, usage }));
    await reads.watched('load', () => sections.load(`key ${round}`));
    const about = { model: 'm', language: 'en', leftOut: 0, isIncomplete: false };
    await reads.watched('result', () => tasks.setResult(task, { kind: 'summary', ...about, items: [] }));
    await reads.watched('latest', () => tasks.latest(task.transcriptionId ?? 0));
    await reads.watched('find', () => tasks.find(task.id, task.userId));
    await reads.watched('tick', () => tasks.tick(task.id, task.userId, 0));
    await reads.watched('end', () => tasks.end(task, 'DONE'));
    await reads.watched('cancel', () => tasks.cancel(added.id, userId));
    await reads.watched('spent', () => spends.spentFor(userId));
    await reads.watched('forms', () => templates.entries(userId));
    await reads.watched('remove', () => templates.remove(userId, 1, false));
  }
  expect(reads.extraWordCost()).toEqual([]);
});

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lanes } from '../../src/app/ports/lanes.ts';
import { createAccounts } from '../../src/store/accounts/accounts.ts';
import { createQuotas } from '../../src/store/accounts/quotas.ts';
import { type Database, openDatabase } from '../../src/store/client.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from '../support/databases.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

const timeZone = 'Asia/Tehran';

let database: Database;
let drop: () => Promise<void>;
let lanes: Lanes;
let user = 0;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openDatabase(fresh.url, 20);
  lanes = createLanes(database, { ...patientLanes, minutesADay: 60, minutesAMonth: 300, timeZone });
});
afterAll(async () => {
  await database.$disconnect();
  await drop();
});
beforeEach(() => {
  user += 1;
});

const arrives = (minutes: number) => lanes.submit({ ...upload({ user }), announcedSeconds: minutes * 60 });

/** So many minutes were heard for them, so many days ago. */
async function heard(minutes: number, daysAgo = 0): Promise<void> {
  await createAccounts(database, timeZone).meet(upload({ user }).user);
  await database.$executeRaw`
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "listenedSeconds", "downloadMs", "decodeMs",
                       "listenMs", "endedAt")
    SELECT -COALESCE(max(-"transcriptionId"), 0) - 1, ${user}::bigint, 'local', ${minutes * 60}, ${minutes * 60}, 1, 1, 1,
           now() - ${daysAgo}::int * interval '24 hours' FROM usage WHERE "transcriptionId" < 0`;
}

/** Midnight in Tehran, where the clocks do not change, so many days from today. */
async function midnight(inDays: number): Promise<Date> {
  const [row] = await database.$queryRaw<[{ at: Date }]>`
    SELECT ((now() AT TIME ZONE ${timeZone})::date + ${inDays}::int)::timestamp AT TIME ZONE ${timeZone} AS at`;
  return row.at;
}

describe('minutes a day', () => {
  test('are used up by what was heard today, and come back at midnight', async () => {
    await heard(50);
    expect((await arrives(10)).outcome).toBe('accepted');
    expect(await arrives(1)).toEqual({
      outcome: 'spent',
      period: 'day',
      minutes: 60,
      again: await midnight(1),
    });
  });

  test('count what waits, so that many files at once do not overrun them', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => arrives(10)));
    expect(answers.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(6);
    expect(answers.filter(({ outcome }) => outcome === 'spent')).toHaveLength(14);
  });

  test('come back when a file is cancelled', async () => {
    const { id } = await submitted(lanes, { ...upload({ user }), announcedSeconds: 3600 });
    expect((await arrives(1)).outcome).toBe('spent');
    await lanes.cancel(id, user);
    expect((await arrives(60)).outcome).toBe('accepted');
  });

  test('do not count yesterday', async () => {
    await heard(60, 1);
    expect((await arrives(60)).outcome).toBe('accepted');
  });

  test('never suffice for a longer file', async () => {
    expect(await arrives(61)).toEqual({ outcome: 'spent', period: 'day', minutes: 60, again: null });
  });

  test('once used up, no file of unknown length either', async () => {
    await heard(60);
    expect(await lanes.submit({ ...upload({ user }), announcedSeconds: null })).toMatchObject({
      outcome: 'spent',
    });
  });

  test('are no reason to forget an upload that was taken before', async () => {
    const known = { ...upload({ user }), announcedSeconds: 3600 };
    const { id } = await submitted(lanes, known);
    expect(await lanes.submit(known)).toMatchObject({ outcome: 'accepted', id, created: false });
  });
});

describe('minutes in 30 days', () => {
  test('come back as the days go by', async () => {
    for (const daysAgo of [29, 20, 10]) await heard(95, daysAgo);
    expect((await arrives(15)).outcome).toBe('accepted');
    // The oldest day leaves tomorrow.
    expect(await arrives(1)).toEqual({
      outcome: 'spent',
      period: 'month',
      minutes: 300,
      again: await midnight(1),
    });
  });

  test('two days have to leave for a long file', async () => {
    for (const daysAgo of [25, 20, 10]) await heard(90, daysAgo);
    expect(await arrives(60)).toMatchObject({ period: 'month', again: await midnight(5) });
    await heard(90, 15);
    expect(await arrives(60)).toMatchObject({ period: 'month', again: await midnight(10) });
  });

  test('do not count what is longer ago', async () => {
    await heard(1_000, 31);
    expect((await arrives(60)).outcome).toBe('accepted');
  });
});

describe('somebody’s own quota', () => {
  const accounts = () => createAccounts(database, timeZone);
  beforeEach(async () => {
    await accounts().meet(upload({ user }).user);
  });

  test('counts instead of everybody’s', async () => {
    await accounts().setQuota(user, { minutesADay: 90 });
    expect((await arrives(90)).outcome).toBe('accepted');
    expect(await arrives(1)).toMatchObject({ outcome: 'spent', period: 'day', minutes: 90 });
  });

  test('may be none at all, or everybody’s again', async () => {
    await accounts().setQuota(user, { minutesADay: 'unlimited', minutesAMonth: 'unlimited' });
    expect((await arrives(10_000)).outcome).toBe('accepted');
    expect((await accounts().find(user))?.quota).toEqual({
      minutesADay: 'unlimited',
      minutesAMonth: 'unlimited',
      waitingFiles: null,
    });
    await accounts().setQuota(user, { minutesADay: null, minutesAMonth: null });
    expect(await arrives(1)).toMatchObject({ outcome: 'spent' });
  });

  test('of waiting files', async () => {
    await accounts().setQuota(user, { waitingFiles: 1 });
    expect((await arrives(1)).outcome).toBe('accepted');
    expect(await arrives(1)).toEqual({ outcome: 'full', limit: 'files', most: 1 });
  });
});

describe('a file that is longer than anybody could tell when it was taken', () => {
  const quotas = () =>
    createQuotas(database, { minutesADay: 60, minutesAMonth: 300, waitingFiles: 9, timeZone });

  test('has to fit into what is left', async () => {
    await heard(50);
    const { id } = await submitted(lanes, { ...upload({ user }), announcedSeconds: null });
    expect(await quotas().refusal(id, 600)).toBeNull();
    expect(await quotas().refusal(id, 601)).toMatchObject({ period: 'day', minutes: 60 });
  });

  test('does not count twice when it is tried again', async () => {
    const { id } = await submitted(lanes, { ...upload({ user }), announcedSeconds: null });
    await heard(40);
    await database.usage.updateMany({ where: { userId: user }, data: { transcriptionId: id } });
    expect(await quotas().refusal(id, 2_400)).toBeNull();
    await heard(40);
    expect(await quotas().refusal(id, 2_400)).toMatchObject({ period: 'day' });
  });
});

test('whatever arrives and whatever was heard: what was taken never exceeds the quota, and nothing is refused that fits', async () => {
  const minutes = fc.integer({ min: 1, max: 70 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(minutes, fc.integer({ min: 0, max: 40 })), { maxLength: 8 }),
      fc.array(minutes, { minLength: 1, maxLength: 6 }),
      async (history, files) => {
        user += 1;
        for (const [length, daysAgo] of history) await heard(length, daysAgo);
        const within = (days: number) =>
          history.reduce((sum, [length, daysAgo]) => sum + (daysAgo < days ? length : 0), 0);
        let [today, month] = [within(1), within(30)];
        for (const length of files) {
          const fits = today + length <= 60 && month + length <= 300;
          expect((await arrives(length)).outcome).toBe(fits ? 'accepted' : 'spent');
          if (fits) [today, month] = [today + length, month + length];
        }
      },
    ),
    { numRuns: 60, seed: 8 },
  );
});

test('what a person has used: today, in 30 days, and under way', async () => {
  await heard(10);
  await heard(20, 3);
  await heard(40, 31);
  await arrives(5);
  expect(await createAccounts(database, timeZone).spent(user)).toEqual({
    today: { files: 1, seconds: 600 },
    month: { files: 2, seconds: 1800, costs: [] },
    open: { files: 1, seconds: 300 },
  });
});

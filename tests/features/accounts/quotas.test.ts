import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lanes } from '../../../src/app/ports/lanes.ts';
import { createAccounts } from '../../../src/features/accounts/store/accounts.ts';
import { createQuotas } from '../../../src/features/accounts/store/quotas.ts';
import { createLanes } from '../../../src/store/lanes.ts';
import { freshDatabase } from '../../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { patientLanes, submitted, upload } from '../../support/uploads.ts';

const timeZone = 'Asia/Tehran';

let database: TestDatabase;
let drop: () => Promise<void>;
let lanes: Lanes;
let user = 0;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 20);
  lanes = createLanes(database, { ...patientLanes, minutesADay: 60, minutesAMonth: 300, timeZone });
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(() => {
  user += 1;
});

const arrives = (minutes: number) => lanes.submit({ ...upload({ user }), announcedSeconds: minutes * 60 });

/** Records usage of `minutes` minutes, `daysAgo` days ago. */
async function heard(minutes: number, daysAgo = 0): Promise<void> {
  await createAccounts(database, timeZone).upsert(upload({ user }).user);
  await database.execute`
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "sentSeconds", "downloadMs", "decodeMs",
                       "transcribeMs", "endedAt")
    SELECT -COALESCE(max(-"transcriptionId"), 0) - 1, ${user}::bigint, 'local', ${minutes * 60}, ${minutes * 60}, 1, 1, 1,
           now() - ${daysAgo}::int * interval '24 hours' FROM usage WHERE "transcriptionId" < 0`;
}

/** Returns midnight in Tehran, which has no daylight saving time, a number of days from today. */
async function midnight(inDays: number): Promise<Date> {
  const [row] = await database.query<[{ at: Date }]>`
    SELECT ((now() AT TIME ZONE ${timeZone})::date + ${inDays}::int)::timestamp AT TIME ZONE ${timeZone} AS at`;
  return row.at;
}

describe('the daily quota in minutes', () => {
  test('the daily quota in minutes is used up by today’s transcriptions, and resets at midnight', async () => {
    await heard(50);
    expect((await arrives(10)).outcome).toBe('accepted');
    expect(await arrives(1)).toEqual({
      outcome: 'spent',
      period: 'day',
      minutes: 60,
      again: await midnight(1),
    });
  });

  test('the daily quota in minutes counts waiting files, so that many files at once cannot exceed it', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => arrives(10)));
    expect(answers.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(6);
    expect(answers.filter(({ outcome }) => outcome === 'spent')).toHaveLength(14);
  });

  test('the daily quota in minutes gets the minutes of a cancelled file back', async () => {
    const { id } = await submitted(lanes, { ...upload({ user }), announcedSeconds: 3600 });
    expect((await arrives(1)).outcome).toBe('spent');
    await lanes.cancel(id, user);
    expect((await arrives(60)).outcome).toBe('accepted');
  });

  test('the daily quota in minutes does not count yesterday', async () => {
    await heard(60, 1);
    expect((await arrives(60)).outcome).toBe('accepted');
  });

  test('the daily quota in minutes refuses a file that is longer than the whole quota', async () => {
    expect(await arrives(61)).toEqual({ outcome: 'spent', period: 'day', minutes: 60, again: null });
  });

  test('the daily quota in minutes refuses a file of unknown length once it is used up', async () => {
    await heard(60);
    expect(await lanes.submit({ ...upload({ user }), announcedSeconds: null })).toMatchObject({
      outcome: 'spent',
    });
    // It counts as one second until its length is known.
    user += 1;
    await heard(3_599 / 60);
    expect((await lanes.submit({ ...upload({ user }), announcedSeconds: null })).outcome).toBe('accepted');
  });

  test('the daily quota in minutes does not apply to an upload that was accepted before', async () => {
    const known = { ...upload({ user }), announcedSeconds: 3600 };
    const { id } = await submitted(lanes, known);
    expect(await lanes.submit(known)).toMatchObject({ outcome: 'accepted', id, created: false });
  });
});

describe('the quota of minutes in 30 days', () => {
  test('the quota of minutes in 30 days gets minutes back day by day', async () => {
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

  test('the quota of minutes in 30 days names the date on which enough days have left for a long file', async () => {
    for (const daysAgo of [25, 20, 10]) await heard(90, daysAgo);
    expect(await arrives(60)).toMatchObject({ period: 'month', again: await midnight(5) });
    await heard(90, 15);
    expect(await arrives(60)).toMatchObject({ period: 'month', again: await midnight(10) });
  });

  test('the quota of minutes in 30 days names the date on which the file just fits', async () => {
    await heard(100, 20);
    await heard(240, 10);
    expect(await arrives(60)).toMatchObject({ period: 'month', again: await midnight(10) });
  });

  test('the quota of minutes in 30 days does not count older days', async () => {
    await heard(1_000, 31);
    expect((await arrives(60)).outcome).toBe('accepted');
  });
});

describe('a user’s own quota', () => {
  const accounts = () => createAccounts(database, timeZone);
  beforeEach(async () => {
    await accounts().upsert(upload({ user }).user);
  });

  test('a user’s own quota replaces the configured one', async () => {
    await accounts().setQuota(user, { minutesADay: 90 });
    expect((await arrives(90)).outcome).toBe('accepted');
    expect(await arrives(1)).toMatchObject({ outcome: 'spent', period: 'day', minutes: 90 });
  });

  test('a user’s own quota may be unlimited, or be reset to the configured one', async () => {
    await accounts().setQuota(user, { minutesADay: 'unlimited', minutesAMonth: 'unlimited' });
    expect((await arrives(10_000)).outcome).toBe('accepted');
    expect((await accounts().find(user))?.quota).toEqual({
      minutesADay: 'unlimited',
      minutesAMonth: 'unlimited',
      maxOpenFiles: null,
    });
    await accounts().setQuota(user, { minutesADay: null, minutesAMonth: null });
    expect(await arrives(1)).toMatchObject({ outcome: 'spent' });
  });

  test('a user’s own quota may limit waiting files', async () => {
    await accounts().setQuota(user, { maxOpenFiles: 1 });
    expect((await arrives(1)).outcome).toBe('accepted');
    expect(await arrives(1)).toEqual({ outcome: 'full', limit: 'files', max: 1 });
  });
});

describe('a file that another user pays for', () => {
  test('a file that another user pays for counts towards the quota of the payer while it is open, and not towards its user’s', async () => {
    const [sender, payer] = [user, user + 1_000_000];
    const from = (who: number, paidBy: number | null, minutes: number) =>
      lanes.submit({ ...upload({ user: who }), paidBy, announcedSeconds: minutes * 60 });
    expect((await from(payer, null, 20)).outcome).toBe('accepted');
    expect((await from(sender, payer, 30)).outcome).toBe('accepted');
    expect(await from(sender, payer, 11)).toMatchObject({ outcome: 'spent', period: 'day' });
    expect(await from(payer, null, 11)).toMatchObject({ outcome: 'spent' });
    const files = await database.transcription.findMany({ where: { userId: sender } });
    expect(files.map(({ payerId }) => payerId)).toEqual([BigInt(payer)]);
    expect((await from(sender, null, 60)).outcome).toBe('accepted');
    expect(await from(sender, null, 1)).toMatchObject({ outcome: 'spent' });
    await lanes.cancel(Number(files[0]?.id), sender);
    expect((await from(payer, null, 40)).outcome).toBe('accepted');
    expect(await from(payer, null, 1)).toMatchObject({ outcome: 'spent' });
  });

  test('a file that another user pays for counts while it waits, is QUEUED or runs', async () => {
    const payer = user + 1_000_000;
    await lanes.submit({ ...upload({ user: payer }), announcedSeconds: 0 });
    const { id } = await submitted(lanes, { ...upload({ user }), paidBy: payer, announcedSeconds: 600 });
    const open = async (who: number) => (await createAccounts(database, timeZone).spent(who)).open.seconds;
    for (const state of ['PENDING', 'QUEUED', 'PROCESSING', 'CHOOSING'] as const) {
      await database.transcription.update({ where: { id }, data: { state } });
      expect([await open(payer), await open(user)], state).toEqual([600, 0]);
    }
    await database.transcription.update({ where: { id }, data: { state: 'COMPLETED' } });
    expect([await open(payer), await open(user)]).toEqual([0, 0]);
  });
});

describe('a file whose length was unknown on arrival', () => {
  const quotas = () =>
    createQuotas(database, { minutesADay: 60, minutesAMonth: 300, maxOpenFiles: 9, timeZone });

  test('a file whose length was unknown on arrival has to fit into what is left of the quota', async () => {
    await heard(50);
    const { id } = await submitted(lanes, { ...upload({ user }), announcedSeconds: null });
    expect(await quotas().refusal(id, 600)).toBeNull();
    expect(await quotas().refusal(id, 601)).toMatchObject({ period: 'day', minutes: 60 });
  });

  test('a file whose length was unknown on arrival does not count twice when it is retried', async () => {
    const { id } = await submitted(lanes, { ...upload({ user }), announcedSeconds: null });
    await heard(40);
    await database.usage.updateMany({ where: { userId: user }, data: { transcriptionId: id } });
    expect(await quotas().refusal(id, 2_400)).toBeNull();
    await heard(40);
    expect(await quotas().refusal(id, 2_400)).toMatchObject({ period: 'day' });
  });
});

test('property: accepted files never exceed the quota, and no file that fits is refused', async () => {
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

test('a user who has sent nothing has used nothing', async () => {
  await createAccounts(database, timeZone).upsert(upload({ user }).user);
  expect((await createAccounts(database, timeZone).spent(user)).open).toEqual({ files: 0, seconds: 0 });
});

test('/usage figures cover today, the last 30 days and files under way', async () => {
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

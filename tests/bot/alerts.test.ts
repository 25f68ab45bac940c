import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { notifyAdmins } from '../../src/app/monitoring/notify-admins.ts';
import { freshDatabase, withDatabase } from '../support/databases.ts';
import { fillLanes } from '../support/full-lanes.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

// The playground's own people come first, so these are the first two that a test adds.
const ids = [100_000_005, 100_000_006];

let dabir: ScriptedDabir;
let admins: Record<string, Person>;
let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  database = await freshDatabase();
  // Bot and worker check every 15 s, from their start on. The test has the watch before they start, so only the
  // test's own rounds take readings and notify.
  await withDatabase(database.url, (client) =>
    client.query(`UPDATE watch SET holder = 'test', fence = fence + 1, "leaseUntil" = 'infinity'`),
  );
  dabir = await startScriptedDabir({ databaseUrl: database.url, settings: { ADMIN_IDS: ids.join(',') } });
  admins = { fa: await dabir.person('Sara', 'fa'), en: await dabir.person('Emma', 'en') };
  expect(Object.values(admins).map(({ id }) => id)).toEqual(ids);
  for (const person of Object.values(admins)) {
    await person.says('/queue');
    await person.reads(person.word('queue-empty'));
  }
});
afterAll(async () => {
  await dabir?.close();
  await database?.drop();
});

beforeEach(async () => {
  await dabir.shared.database.standstill.deleteMany();
  await dabir.shared.database.backup.deleteMany();
  await dabir.shared.database.user.updateMany({ data: { alertsMutedUntil: null } });
});

/** An admin's chat from now on; messages of earlier tests are left out. */
async function chatOf(language: string) {
  const admin = admins[language];
  if (admin === undefined) throw new Error('nobody');
  // Every round ends only after Telegram has its messages, so theirs have smaller ids.
  const since = await admin.says('/queue');
  const messages = (words: string) =>
    admin.answers().filter(({ message_id, text }) => message_id > since && text?.includes(words));
  const reads = (words: string) =>
    until(
      () => messages(words)[0],
      () => `${words}\n${admin.transcript()}`,
    );
  return { admin, messages, reads };
}

/** Runs one check, with readings that are taken now. */
async function look(): Promise<void> {
  await dabir.shared.database.reading.deleteMany();
  await notifyAdmins({ ...dabir.shared, holder: 'test' }, new AbortController().signal);
}

/** Records a backup made a number of hours ago. */
const backup = (hours: number) =>
  dabir.shared.database.backup.create({
    data: {
      startedAt: new Date(Date.now() - hours * 3_600_000),
      endedAt: new Date(Date.now() - hours * 3_600_000),
      bytes: 1,
      rows: 1,
      host: 'here',
      file: 'dump',
    },
  });

describe.each(['fa', 'en'])('an admin (%s)', (language) => {
  test('an admin is told in the chat what is at a standstill, since when and what to do, and when it is over', async () => {
    const { admin, reads } = await chatOf(language);
    await backup(72);
    await look();
    const { text, message_id: message } = await reads(admin.word('advice-backup-old'));
    expect(text).toContain(`🔴 ${admin.word('standstill-backup-old')}`);
    expect(text).toContain(language === 'fa' ? '۷۲ ساعت' : '72 h');
    expect(admin.buttons(message)).toEqual([admin.word('button-alerts-off')]);

    await backup(1);
    await look();
    await dabir.shared.database.execute`UPDATE standstill SET "goneSince" = now() - interval '181 seconds'`;
    await look();
    await reads('🟢');
  });

  test('an admin can mute an alert for a day by a button, and unmute it by another', async () => {
    const { admin, messages, reads } = await chatOf(language);
    const other = await chatOf(language === 'fa' ? 'en' : 'fa');
    await backup(100);
    await look();
    const message = await reads(language === 'fa' ? '۱۰۰ ساعت' : '100 h');
    expect(await admin.presses(message.message_id, admin.word('button-alerts-off'))).toBe(
      admin.word('alerts-off'),
    );
    const hourly = async () => {
      await dabir.shared.database
        .execute`UPDATE standstill_notice SET "toldAt" = now() - interval '61 minutes'`;
      await look();
    };
    const reminder = (person: Person) =>
      person.word('notice-lasts', { what: person.word('standstill-backup-old') });
    await hourly();
    // The other admin was told by now, and this one was not.
    await other.reads(reminder(other.admin));
    expect(messages(reminder(admin))).toEqual([]);

    await until(() => admin.buttons(message.message_id).includes(admin.word('button-alerts-on')));
    expect(await admin.presses(message.message_id, admin.word('button-alerts-on'))).toBe(
      admin.word('alerts-on'),
    );
    await hourly();
    await reads(reminder(admin));
  });
});

test('200 files that are QUEUED for an hour beside a ready worker appear in the metrics, and admins are told', async () => {
  const { reads } = await chatOf('en');
  const { database } = dabir.shared;
  await withDatabase(dabir.databaseUrl, async (client) => {
    await fillLanes(client, { from: 1_000, users: 200, ended: 0, open: 1 });
    await client.query(
      `UPDATE transcription SET "queuedAt" = now() - interval '1 hour' WHERE state = 'QUEUED'`,
    );
    await client.query(`INSERT INTO depth (state, engine, files) VALUES ('QUEUED', 'local', 200)`);
  });
  await database.reading.deleteMany();
  const { text } = await dabir.shared.meter.expose();
  const value = (series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1],
    );
  expect(value('dabir_oldest_queued_file_age_seconds{engine="local"}')).toBeGreaterThanOrEqual(3_600);
  expect(value('dabir_engine_files{engine="local",state="QUEUED"}')).toBe(200);
  expect(value('dabir_engine_files{engine="local",state="PROCESSING"}')).toBe(0);
  expect(value('dabir_engine_workers{engine="local",state="ready"}')).toBe(1);
  expect(value('dabir_tokens{engine="local",state="waiting"}')).toBe(0);

  // This was the state five minutes ago too.
  await database.execute`
    UPDATE reading SET "takenAt" = "takenAt" - interval '11 seconds', "claimedAt" = "claimedAt" - interval '11 seconds',
           readings = jsonb_set(readings, '{engines,0,idleSeconds}', '300')`;
  await notifyAdmins({ ...dabir.shared, holder: 'test' }, new AbortController().signal);
  const { text: told } = await reads('files are waiting, and no worker takes them');
  expect(told).toMatch(/^🔴 .LOCAL.: /);
  expect(told).toContain('Waiting: 200.');
});

test('a user who is no admin cannot mute anything', async () => {
  const nobody = await dabir.person('Eve', 'en');
  await nobody.says('/queue');
  const { message_id: message } = await nobody.reads(nobody.word('queue-empty'));
  expect(await nobody.isAnswered(message, 'alerts:off')).toBe(true);
  expect(await dabir.shared.database.user.findUnique({ where: { id: nobody.id } })).toMatchObject({
    alertsMutedUntil: null,
  });
});

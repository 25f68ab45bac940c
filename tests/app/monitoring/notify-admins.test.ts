import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Notice, notifyAdmins } from '../../../src/app/monitoring/notify-admins.ts';
import type { Standstill } from '../../../src/app/monitoring/standstills.ts';
import { DeliveryError } from '../../../src/app/ports/messenger.ts';
import { createWatch } from '../../../src/store/admin/watch.ts';
import { freshDatabase } from '../../support/databases.ts';
import { engineReading, quietReadings } from '../../support/readings.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const namedAdmin = 1;
const admin = 2;

let database: TestDatabase;
let drop: () => Promise<void>;
let watch: ReturnType<typeof createWatch>;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 5);
  watch = createWatch(database, { adminIds: new Set([namedAdmin]) });
});
afterAll(async () => {
  await database.close();
  await drop();
});

beforeEach(async () => {
  sent = [];
  fails = () => null;
  readings = quietReadings();
  await database.execute`DELETE FROM standstill`;
  await database.execute`UPDATE watch SET holder = '', "leaseUntil" = now() - interval '1 second'`;
  await database.execute`DELETE FROM "user"`;
  await database.user.createMany({
    data: [
      // An admin of ADMIN_IDS need not have an account: this one has never written to the bot.
      { id: admin, firstName: 'سارا', role: 'ADMIN', languageCode: 'en' },
      { id: 3, firstName: 'blocked', role: 'ADMIN', blockedAt: new Date() },
      { id: 4, firstName: 'nobody' },
    ],
  });
});

let sent: string[];
let fails: (notice: Notice) => DeliveryError | null;
let readings: ReturnType<typeof quietReadings>;

const log = { info() {}, warn() {}, error() {}, debug() {} };

/** Runs one round of one process. */
const round = (holder: string, signal = new AbortController().signal) =>
  notifyAdmins(
    {
      watch,
      holder,
      log,
      readings: async () => readings,
      async notifyAdmin(notice) {
        const failure = fails(notice);
        if (failure !== null) throw failure;
        sent.push(`${notice.to.id} ${notice.kind} ${notice.standstill.code}`);
      },
    },
    signal,
  );

/** Makes everything that happened until now older by a number of seconds. */
async function pass(seconds: number): Promise<void> {
  await database.execute`
    UPDATE standstill SET "begunAt" = "begunAt" - make_interval(secs => ${seconds}), "goneSince" = "goneSince" - make_interval(secs => ${seconds})`;
  await database.execute`UPDATE standstill_notice SET "toldAt" = "toldAt" - make_interval(secs => ${seconds})`;
  await database.execute`UPDATE watch SET "leaseUntil" = "leaseUntil" - make_interval(secs => ${seconds})`;
}

const stuck = () =>
  quietReadings({
    engines: [engineReading('local', { queued: 200, oldestQueuedSeconds: 3_600, idleSeconds: 3_600 })],
  });

describe('admins are told of a standstill', () => {
  test('admins are told of a standstill once when it begins, every hour while it lasts, and once when it is over', async () => {
    readings = stuck();
    await round('one');
    expect(sent).toEqual(['1 begun files-stuck', '2 begun files-stuck']);
    await round('one');
    await pass(3_590);
    await round('one');
    expect(sent).toHaveLength(2);
    await pass(11);
    await round('one');
    await round('one');
    expect(sent.slice(2)).toEqual(['1 lasts files-stuck', '2 lasts files-stuck']);

    readings = quietReadings();
    await round('one');
    await pass(100);
    // It might return in a moment.
    await round('one');
    expect(sent).toHaveLength(4);
    await pass(81);
    await round('one');
    await round('one');
    expect(sent.slice(4)).toEqual(['1 over files-stuck', '2 over files-stuck']);
    expect(await database.standstill.count()).toBe(0);
  });

  test('admins are told of a standstill as continuing when it returns within three minutes', async () => {
    readings = stuck();
    await round('one');
    readings = quietReadings();
    await round('one');
    await pass(170);
    readings = stuck();
    await round('one');
    await pass(20);
    await round('one');
    expect(sent).toEqual(['1 begun files-stuck', '2 begun files-stuck']);
  });

  test('admins are told of a standstill with its age, what waits, and in their language', async () => {
    readings = stuck();
    const notices: Notice[] = [];
    fails = (notice) => {
      notices.push(notice);
      return null;
    };
    await round('one');
    expect(notices[1]).toMatchObject({
      standstill: {
        code: 'files-stuck',
        engine: 'local',
        machine: null,
        waitingCount: 200,
      } satisfies Partial<Standstill>,
      to: { id: admin, languageCode: 'en' },
    });
    expect(notices[1]?.standstill.sinceSeconds).toBeGreaterThanOrEqual(3_600);
    expect(notices[1]?.standstill.sinceSeconds).toBeLessThan(3_700);
  });

  test('admins are told of a standstill by one process, however many check', async () => {
    readings = stuck();
    await Promise.all(['one', 'two', 'three', 'four'].map((name) => round(name)));
    await Promise.all(['one', 'two', 'three', 'four'].map((name) => round(name)));
    expect(sent.toSorted()).toEqual(['1 begun files-stuck', '2 begun files-stuck']);
  });

  test('admins are told of a standstill and of its end by another process once the one on watch is dead', async () => {
    readings = stuck();
    await round('one');
    readings = quietReadings();
    await round('one');
    // It is dead, and its lease lapses.
    await pass(59);
    await round('two');
    expect(await database.watch.findFirst()).toMatchObject({ holder: 'one' });
    await pass(200);
    await round('two');
    expect(sent.slice(2)).toEqual(['1 over files-stuck', '2 over files-stuck']);
  });

  test('admins are told of a standstill by one process only, when the one on watch was held up while another took over', async () => {
    readings = stuck();
    fails = (notice) =>
      notice.to.id === namedAdmin ? new DeliveryError('gone', 'chat not found', undefined) : null;
    const heldUp = notifyAdmins(
      {
        watch,
        holder: 'one',
        log,
        readings: async () => readings,
        async notifyAdmin({ to, kind, standstill }) {
          sent.push(`one: ${to.id} ${kind} ${standstill.code}`);
          // The machine sleeps for longer than the lease, right after the first message.
          await database.execute`UPDATE watch SET "leaseUntil" = now() - interval '1 second'`;
          await round('two');
        },
      },
      new AbortController().signal,
    );
    await heldUp;
    // The message that was on its way may be doubled (here an admin cannot be told twice); the next is
    // not.
    expect(sent).toEqual(['one: 1 begun files-stuck', '2 begun files-stuck']);
  });

  test('admins are told of a standstill again in the next round when a message failed, and no other admin twice', async () => {
    readings = stuck();
    fails = ({ to }) => (to.id === admin ? new DeliveryError('later', 'Bad Gateway', undefined) : null);
    await round('one');
    fails = () => null;
    await round('one');
    await round('one');
    expect(sent).toEqual(['1 begun files-stuck', '2 begun files-stuck']);

    readings = quietReadings();
    await round('one');
    await pass(200);
    fails = ({ to }) => (to.id === admin ? new DeliveryError('later', 'Bad Gateway', undefined) : null);
    await round('one');
    fails = () => null;
    await round('one');
    expect(sent.slice(2)).toEqual(['1 over files-stuck', '2 over files-stuck']);
    expect(await database.standstill.count()).toBe(0);
  });

  test('admins are told of a standstill unless they have muted it; an admin who unmutes is told of each that lasts', async () => {
    readings = stuck();
    expect(await watch.mute(admin, 86_400_000)).toBe(true);
    await round('one');
    expect(sent).toEqual(['1 begun files-stuck']);
    expect(await watch.mute(admin, null)).toBe(true);
    await round('one');
    expect(sent).toEqual(['1 begun files-stuck', '2 begun files-stuck']);
    expect(await watch.mute(namedAdmin, null)).toBe(false);
  });

  test('admins are told of each standstill separately, also of two of one kind on two engines', async () => {
    const waiting = { queued: 1, oldestQueuedSeconds: 600, idleSeconds: 600 };
    readings = quietReadings({
      engines: [engineReading('local', waiting), engineReading('vira', waiting)],
      bots: { alive: 0, absentSeconds: 600 },
    });
    await round('one');
    expect(sent.filter((line) => line.startsWith('2 '))).toEqual([
      '2 begun no-bots',
      '2 begun files-stuck',
      '2 begun files-stuck',
    ]);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Recipient } from '../../../src/app/ports/broadcast-sender.ts';
import { DeliveryError } from '../../../src/app/ports/messenger.ts';
import type { AccessRules } from '../../../src/domain/account.ts';
import { createAccounts } from '../../../src/features/accounts/store/accounts.ts';
import { sendBroadcasts } from '../../../src/features/broadcasts/send-broadcasts.ts';
import { type Broadcasts, createBroadcasts } from '../../../src/features/broadcasts/store.ts';
import { freshDatabase } from '../../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { upload } from '../../support/uploads.ts';

const open: AccessRules = { access: 'open', allowedIds: new Set(), adminIds: new Set() };
const users = Array.from({ length: 12 }, (_, index) => index + 1);

let database: TestDatabase;
let drop: () => Promise<void>;
let broadcasts: Broadcasts;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 5);
  broadcasts = createBroadcasts(database, open);
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(async () => {
  await database.user.deleteMany();
  const accounts = createAccounts(database, 'UTC');
  for (const user of users) await accounts.upsert(upload({ user }).user);
});

const broadcastText = { text: 'سلام به همه', entities: [{ type: 'bold', offset: 0, length: 4 }] };
const started = async () => {
  const id = await broadcasts.draft(1, broadcastText);
  await broadcasts.start(id);
  return id;
};
const endOf = (id: number) => database.broadcast.findUniqueOrThrow({ where: { id } });

/** Starts a process that sends broadcasts; `answer` decides what Telegram says to each message. */
function sender(holder: string, answer: (to: Recipient) => void | Promise<void>) {
  const got: number[] = [];
  const told: unknown[] = [];
  const leaving = new AbortController();
  const quiet = () => undefined;
  const run = () =>
    sendBroadcasts(
      {
        broadcasts,
        holder,
        log: { info: quiet, warn: quiet, error: quiet, debug: quiet },
        timing: { gapMs: 0, pauseMs: 1 },
        broadcastSender: {
          async send(to) {
            await answer(to);
            got.push(to.id);
          },
          async tellDone(_to, result) {
            told.push(result);
          },
        },
      },
      leaving.signal,
    );
  return { got, told, run, leave: () => leaving.abort() };
}

test('each user gets a broadcast once from two processes at the same time, and its author gets the result', async () => {
  const id = await started();
  const senders = [sender('a', () => undefined), sender('b', () => undefined)];
  await Promise.all(senders.map(({ run }) => run()));
  expect(senders.flatMap(({ got }) => got)).toEqual(users);
  expect(senders.flatMap(({ told }) => told)).toEqual([{ sent: 12, missed: 0 }]);
  expect(await endOf(id)).toMatchObject({ state: 'DONE', sent: 12 });
});

test('a broadcast skips users who are blocked, opted out, have stopped the bot or were never invited', async () => {
  const accounts = createAccounts(database, 'UTC');
  await accounts.setBlocked(2, true);
  await accounts.setWantsBroadcasts(3, false);
  await started();
  const first = sender('a', ({ id }) => {
    if (id === 4) throw new DeliveryError('gone', 'bot was blocked by the user', undefined);
  });
  await first.run();
  expect(first.got).toEqual(users.filter((id) => ![2, 3, 4].includes(id)));
  expect(first.told).toEqual([{ sent: 9, missed: 1 }]);
  expect(await broadcasts.userCount()).toBe(9);
  // A user who comes back gets broadcasts again.
  await accounts.upsert(upload({ user: 4 }).user);
  expect(await broadcasts.userCount()).toBe(10);

  await database.user.update({ where: { id: 7 }, data: { admittedAt: new Date() } });
  const some = { allowedIds: new Set([5]), adminIds: new Set([6]) };
  expect(await createBroadcasts(database, { ...some, access: 'invitation' }).userCount()).toBe(3);
  expect(await createBroadcasts(database, { ...some, access: 'allow-list' }).userCount()).toBe(2);
});

test('a draft is not sent; a stopped broadcast ends after the message under way', async () => {
  await broadcasts.draft(1, broadcastText);
  const idle = sender('a', () => undefined);
  await idle.run();
  expect(idle.got).toEqual([]);

  const id = await started();
  const stopped = sender('a', async (to) => {
    if (to.id === 3) await broadcasts.stop(id);
  });
  await stopped.run();
  expect(stopped.got).toEqual([1, 2, 3]);
  expect(stopped.told).toEqual([]);
  expect(await broadcasts.start(id)).toBe(false);
});

test('a message that Telegram cannot take now is retried; one that it refuses is dropped', async () => {
  const id = await started();
  let failures = 3;
  const patient = sender('a', (to) => {
    if (to.id === 5 && failures-- > 0) throw new DeliveryError('later', 'Too Many Requests', undefined);
    if (to.id === 6) throw new DeliveryError('refused', 'message is too long', undefined);
  });
  await patient.run();
  expect(patient.got).toEqual(users.filter((person) => person !== 6));
  expect(await endOf(id)).toMatchObject({ state: 'DONE', sent: 11, missed: 1 });
});

test('after a process ends or dies another continues the broadcast, and no user is left out or gets it twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ after: fc.integer({ min: 1, max: 6 }), dies: fc.boolean() }), { maxLength: 4 }),
      async (ends) => {
        const id = await started();
        const got: number[] = [];
        for (const [index, { after, dies }] of [...ends, { after: 99, dies: false }].entries()) {
          let left = after;
          const death = Promise.withResolvers<void>();
          const one = sender(`process ${index}`, async () => {
            left -= 1;
            if (left === 0 && !dies) one.leave();
            if (left > 0 || !dies) return;
            // Killed before this message went out, so it has no effect.
            death.resolve();
            await new Promise(() => undefined);
          });
          await Promise.race([one.run(), death.promise]);
          got.push(...one.got);
          // The dead process's lease has lapsed.
          if (dies) await database.execute`UPDATE broadcast SET "leaseUntil" = NULL WHERE id = ${id}::bigint`;
        }
        expect(got).toEqual(users);
      },
    ),
    { numRuns: 15, seed: 8 },
  );
});

import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UpdateQueue } from '../../src/bot/update-queue.ts';
import { until } from '../support/until.ts';

const log = { info() {}, warn() {}, error() {}, debug() {} };

/** Returns an update with a text in a chat. */
function update(update_id: number, chat = 1): Update {
  const about = { id: chat, type: 'private', first_name: 'Sara' } as const;
  const message = {
    message_id: update_id,
    date: 0,
    chat: about,
    from: { ...about, is_bot: false },
    text: 'x',
  };
  return { update_id, message } as unknown as Update;
}

let ending: AbortController;
let begun: number[];

beforeEach(() => {
  ending = new AbortController();
  begun = [];
});
afterEach(() => ending.abort());

function queueThat(
  handle: (id: number, confirm: () => void) => Promise<void>,
  isDatabaseReachable = async () => true,
): UpdateQueue {
  return new UpdateQueue({
    async handle(one, confirm) {
      begun.push(one.update_id);
      await handle(one.update_id, confirm);
    },
    isDatabaseReachable,
    firstPauseMs: 5,
    signal: ending.signal,
    log,
  });
}

describe('the offset', () => {
  test('the offset of updates stays before the first update that is under way, even when later ones are done', async () => {
    const slow = Promise.withResolvers<void>();
    const queue = queueThat((id) => (id === 10 ? slow.promise : Promise.resolve()));
    queue.add([update(10, 1), update(11, 2), update(12, 3)], queue.offset);
    await until(() => begun.length === 3);
    await queue.waitUntilIdle(20);
    expect(queue.offset).toBe(10);
    // Telegram repeats what is unconfirmed, and adds what is new.
    queue.add([update(10, 1), update(11, 2), update(12, 3), update(13, 2)], queue.offset);
    await queue.waitUntilIdle(20);
    expect(begun).toEqual([10, 11, 12, 13]);
    slow.resolve();
    await queue.waitUntilIdle(10_000);
    expect(queue.offset).toBe(14);
  });

  test('the offset of updates advances when an update is safe, before its handling ends', async () => {
    const slow = Promise.withResolvers<void>();
    const queue = queueThat((_id, confirm) => {
      confirm();
      return slow.promise;
    });
    queue.add([update(5)], queue.offset);
    await queue.waitUntilIdle(10_000);
    expect(queue.offset).toBe(6);
    slow.reject(new Error('the answer to it could not be sent'));
    await queue.waitUntilIdle(10_000);
    expect(begun).toEqual([5]);
  });

  test('updates that were confirmed while Telegram repeated them are not handled again', async () => {
    const queue = queueThat(async () => undefined);
    const asked = queue.offset;
    queue.add([update(10), update(11)], asked);
    await queue.waitUntilIdle(10_000);
    expect(queue.offset).toBe(12);
    // The answer to a request from before the confirmation.
    queue.add([update(10), update(11), update(12)], 10);
    await queue.waitUntilIdle(10_000);
    expect(begun).toEqual([10, 11, 12]);
  });

  test('the offset of updates follows Telegram when update ids start over, also downwards', async () => {
    const queue = queueThat(async () => undefined);
    queue.add([update(900_000_000)], queue.offset);
    await queue.waitUntilIdle(10_000);
    queue.add([update(40), update(41)], queue.offset);
    await queue.waitUntilIdle(10_000);
    expect(begun).toEqual([900_000_000, 40, 41]);
    expect(queue.offset).toBe(42);
  });
});

describe('an update that fails', () => {
  test('an update that fails is retried while the rest of its chat waits and other chats do not', async () => {
    let failures = 2;
    const queue = queueThat(async (id) => {
      if (id === 1 && failures-- > 0) throw new Error('a bad moment');
    });
    queue.add([update(1, 1), update(2, 1), update(3, 2)], queue.offset);
    await queue.waitUntilIdle(30_000);
    expect(begun).toEqual([1, 3, 1, 1, 2]);
  });

  test('an update that fails is dropped after five attempts', async () => {
    const queue = queueThat(async (id) => {
      if (id === 1) throw new Error('always');
    });
    queue.add([update(1), update(2)], queue.offset);
    await queue.waitUntilIdle(30_000);
    expect(begun).toEqual([1, 1, 1, 1, 1, 2]);
  });

  test('an update that fails is never dropped while the database is away', async () => {
    let away = 5;
    const queue = queueThat(
      async () => {
        if (away > -1) throw new Error('no connection');
      },
      async () => away-- <= 0,
    );
    queue.add([update(1)], queue.offset);
    await queue.waitUntilIdle(50_000);
    expect(begun.length).toBeGreaterThan(5);
    expect(queue.offset).toBe(2);
  });

  test('an update that fails is left to Telegram at shutdown, which delivers it again', async () => {
    const queue = queueThat(async () => {
      throw new Error('no connection');
    });
    queue.add([update(1), update(2)], queue.offset);
    await until(() => begun.length > 0);
    ending.abort();
    await queue.waitUntilIdle(50);
    expect(queue.offset).toBe(1);
    expect(new Set(begun)).toEqual(new Set([1]));
  });
});

test('property: every update is handled once and in its chat’s order, in batches of any size', async () => {
  const lots = fc.array(fc.array(fc.nat(3), { maxLength: 6 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(lots, fc.scheduler(), async (chatsOfLots, scheduler) => {
      begun = [];
      const queue = queueThat((id) => scheduler.schedule(Promise.resolve(), String(id)));
      let next = 1;
      const all: Update[] = [];
      for (const chats of chatsOfLots) {
        all.push(...chats.map((chat) => update(next++, chat)));
        queue.add(
          all.filter(({ update_id }) => update_id >= queue.offset),
          queue.offset,
        );
      }
      await scheduler.waitFor(queue.waitUntilIdle(10_000));
      expect(begun.toSorted((a, b) => a - b)).toEqual(all.map(({ update_id }) => update_id));
      for (const chat of [0, 1, 2, 3]) {
        const its = all.filter(({ message }) => message?.chat.id === chat).map(({ update_id }) => update_id);
        expect(begun.filter((id) => its.includes(id))).toEqual(its);
      }
      expect(queue.offset).toBe(all.length === 0 ? 0 : next);
    }),
    { numRuns: 60 },
  );
});

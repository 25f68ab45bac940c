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

function inboxThat(
  handle: (id: number, committed: () => void) => Promise<void>,
  isDatabaseReachable = async () => true,
): UpdateQueue {
  return new UpdateQueue({
    async handle(one, committed) {
      begun.push(one.update_id);
      await handle(one.update_id, committed);
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
    const inbox = inboxThat((id) => (id === 10 ? slow.promise : Promise.resolve()));
    inbox.take([update(10, 1), update(11, 2), update(12, 3)]);
    await until(() => begun.length === 3);
    await inbox.idle(20);
    expect(inbox.offset).toBe(10);
    // Telegram repeats what is unconfirmed, and adds what is new.
    inbox.take([update(10, 1), update(11, 2), update(12, 3), update(13, 2)]);
    await inbox.idle(20);
    expect(begun).toEqual([10, 11, 12, 13]);
    slow.resolve();
    await inbox.idle(10_000);
    expect(inbox.offset).toBe(14);
  });

  test('the offset of updates advances when an update is safe, before its handling ends', async () => {
    const slow = Promise.withResolvers<void>();
    const inbox = inboxThat((_id, committed) => {
      committed();
      return slow.promise;
    });
    inbox.take([update(5)]);
    await inbox.idle(10_000);
    expect(inbox.offset).toBe(6);
    slow.reject(new Error('the answer to it could not be sent'));
    await inbox.idle(10_000);
    expect(begun).toEqual([5]);
  });

  test('the offset of updates follows Telegram when update ids start over, also downwards', async () => {
    const inbox = inboxThat(async () => undefined);
    inbox.take([update(900_000_000)]);
    await inbox.idle(10_000);
    inbox.take([update(40), update(41)]);
    await inbox.idle(10_000);
    expect(begun).toEqual([900_000_000, 40, 41]);
    expect(inbox.offset).toBe(42);
  });
});

describe('an update that fails', () => {
  test('an update that fails is retried while the rest of its chat waits and other chats do not', async () => {
    let failures = 2;
    const inbox = inboxThat(async (id) => {
      if (id === 1 && failures-- > 0) throw new Error('a bad moment');
    });
    inbox.take([update(1, 1), update(2, 1), update(3, 2)]);
    await inbox.idle(30_000);
    expect(begun).toEqual([1, 3, 1, 1, 2]);
  });

  test('an update that fails is dropped after five attempts', async () => {
    const inbox = inboxThat(async (id) => {
      if (id === 1) throw new Error('always');
    });
    inbox.take([update(1), update(2)]);
    await inbox.idle(30_000);
    expect(begun).toEqual([1, 1, 1, 1, 1, 2]);
  });

  test('an update that fails is never dropped while the database is away', async () => {
    let away = 5;
    const inbox = inboxThat(
      async () => {
        if (away > -1) throw new Error('no connection');
      },
      async () => away-- <= 0,
    );
    inbox.take([update(1)]);
    await inbox.idle(50_000);
    expect(begun.length).toBeGreaterThan(5);
    expect(inbox.offset).toBe(2);
  });

  test('an update that fails is left to Telegram at shutdown, which delivers it again', async () => {
    const inbox = inboxThat(async () => {
      throw new Error('no connection');
    });
    inbox.take([update(1), update(2)]);
    await until(() => begun.length > 0);
    ending.abort();
    await inbox.idle(50);
    expect(inbox.offset).toBe(1);
    expect(new Set(begun)).toEqual(new Set([1]));
  });
});

test('property: every update is handled once and in its chat’s order, in batches of any size', async () => {
  const lots = fc.array(fc.array(fc.nat(3), { maxLength: 6 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(lots, fc.scheduler(), async (chatsOfLots, scheduler) => {
      begun = [];
      const inbox = inboxThat((id) => scheduler.schedule(Promise.resolve(), String(id)));
      let next = 1;
      const all: Update[] = [];
      for (const chats of chatsOfLots) {
        all.push(...chats.map((chat) => update(next++, chat)));
        inbox.take(all.filter(({ update_id }) => update_id >= inbox.offset));
      }
      await scheduler.waitFor(inbox.idle(10_000));
      expect(begun.toSorted((a, b) => a - b)).toEqual(all.map(({ update_id }) => update_id));
      for (const chat of [0, 1, 2, 3]) {
        const its = all.filter(({ message }) => message?.chat.id === chat).map(({ update_id }) => update_id);
        expect(begun.filter((id) => its.includes(id))).toEqual(its);
      }
      expect(inbox.offset).toBe(all.length === 0 ? 0 : next);
    }),
    { numRuns: 60 },
  );
});

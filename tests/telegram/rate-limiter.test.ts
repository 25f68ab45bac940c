import fc from 'fast-check';
import { Flood } from 'telegram-playground';
import { describe, expect, test } from 'vitest';
import { RateLimiter } from '../../src/telegram/rate-limiter.ts';

/** Returns a rate limiter with a clock of its own. */
function limited() {
  const clock = { now: 1_000_000 };
  return { clock, rateLimiter: new RateLimiter({ isLimited: true, now: () => clock.now }) };
}

const message = (chatId: number) => ({ method: 'sendMessage', chatId, messages: 1 });
const edit = { method: 'editMessageText', chatId: 1, messages: 1 };

const calls = fc.array(
  fc.record({
    method: fc.constantFrom('sendMessage', 'editMessageText', 'sendDocument', 'sendMediaGroup'),
    chatId: fc.constantFrom(1, 2, 3, -100_1, -100_2),
    /** Time since the call before, in ms. */
    after: fc.constantFrom(0, 0, 0, 1, 10, 200, 5_000),
  }),
  { maxLength: 200 },
);

describe('the rate limiter', () => {
  test('property: calls that the rate limiter delays stay within the limits that we assume of Telegram', () => {
    fc.assert(
      fc.property(calls, (wished) => {
        const { clock, rateLimiter } = limited();
        const telegram = new Flood({});
        const inChat = wished.map(({ method, chatId, after }) => {
          clock.now += after;
          const showing = { method, chatId, messages: method === 'sendMediaGroup' ? 3 : 1 };
          return { ...showing, at: clock.now + rateLimiter.reserve(showing) };
        });
        for (const { method, chatId, messages, at } of inChat.toSorted((a, b) => a.at - b.at)) {
          clock.now = at;
          telegram.pass(
            method,
            { chat_id: chatId, media: Array(messages) },
            at + rateLimiter.reserveForAll(),
          );
        }
        expect(telegram.report()).toMatchObject({ calls: wished.length, tooFast: 0 });
      }),
    );
  });

  test('the rate limiter sends a short burst at once and the rest one per second, without delaying other chats', () => {
    const { rateLimiter } = limited();
    const waits = Array.from({ length: 32 }, () => rateLimiter.reserve(message(1)));
    expect(waits.slice(0, 27).every((wait) => wait === 0)).toBe(true);
    expect(waits[31]).toBeGreaterThan(4_000);
    expect(rateLimiter.waitMs(message(2))).toBe(0);
  });

  test('the rate limiter refuses optional calls long before calls that must arrive', () => {
    const { rateLimiter } = limited();
    for (let count = 0; count < 8; count += 1) rateLimiter.reserve(edit);
    expect(rateLimiter.optionalWaitMs('editMessageText', 1)).toBeGreaterThan(0);
    expect(rateLimiter.waitMs(edit)).toBe(0);
  });

  test('the rate limiter pauses a chat for the time in Telegram’s refusal, and all chats when many are refused', () => {
    const { clock, rateLimiter } = limited();
    rateLimiter.refused(message(1), 7);
    expect(rateLimiter.waitMs(message(1))).toBe(7_000);
    expect(rateLimiter.waitMs(message(2))).toBe(0);
    rateLimiter.refused(message(2), 2);
    rateLimiter.refused(message(3), 3);
    expect(rateLimiter.waitMs(message(4))).toBe(3_000);
    clock.now += 7_000;
    expect(rateLimiter.waitMs(message(1))).toBe(0);
  });

  test('the rate limiter sends waiting calls one by one after a refusal, since the burst is spent', () => {
    const { clock, rateLimiter } = limited();
    rateLimiter.refused(message(1), 7);
    const waits = [1, 2, 3].map(() => rateLimiter.reserve(message(1)));
    const [first = 0, second = 0, third = 0] = waits;
    expect(first).toBe(7_000);
    expect([second - first, third - second]).toEqual([1_050, 1_050]);
    clock.now += 7_000;
    expect(rateLimiter.pauseLeftMs(1)).toBe(0);
  });

  test('the rate limiter shares the limits of one bot among several processes', () => {
    const { rateLimiter } = limited();
    rateLimiter.share(3);
    for (let chat = 1; chat <= 9; chat += 1) rateLimiter.reserveForAll();
    expect(rateLimiter.waitMs(message(10))).toBeGreaterThan(0);
  });

  test('the rate limiter takes turns in a chat among all processes, and uses its own count while the database does not answer', async () => {
    const clock = { now: 1_000_000 };
    const asked: number[] = [];
    let answer: () => Promise<number> = () => Promise.resolve(700);
    const turns = {
      take({ messages }: { messages: number }) {
        asked.push(messages);
        return answer();
      },
    };
    const rateLimiter = new RateLimiter({ isLimited: true, now: () => clock.now, turns });
    expect(await rateLimiter.takeTurn({ ...message(1), messages: 3 }, 8_000)).toBe(700);
    answer = () => Promise.reject(new Error('the database is away'));
    expect(await rateLimiter.takeTurn(message(1), 8_000)).toBe(0);
    clock.now += 4_999;
    expect(await rateLimiter.takeTurn(message(1), 8_000)).toBe(0);
    expect(asked).toEqual([3, 1]);
    clock.now += 1;
    answer = () => Promise.resolve(0);
    await rateLimiter.takeTurn(message(1), 8_000);
    expect(asked).toEqual([3, 1, 1]);
    expect(await rateLimiter.takeTurn({ ...message(1), chatId: null }, 8_000)).toBe(0);
    expect(asked).toHaveLength(3);
  });

  test('the rate limiter obeys only refusals when limits are off', () => {
    const rateLimiter = new RateLimiter({ isLimited: false, now: () => 0 });
    for (let count = 0; count < 100; count += 1) rateLimiter.reserve(message(1));
    expect(rateLimiter.waitMs(message(1))).toBe(0);
    rateLimiter.refused(message(1), 2);
    expect(rateLimiter.waitMs(message(1))).toBe(2_000);
  });
});

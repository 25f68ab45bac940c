import { setTimeout as sleep } from 'node:timers/promises';
import type { Transformer } from 'grammy';
import type { RateLimiter } from './rate-limiter.ts';

/** Methods that show something in a chat, and so count against the chat's limit. */
const showingMethods = /^(send(?!ChatAction)|edit|copy|forward)/;
/** Methods without a limit: answers to button presses, queries, and the bot's own setup. */
const unlimitedMethods = /^(get|answer|setMy|deleteMy|setWebhook|deleteWebhook)/;

/**
 * Creates the transformer that delays each call until its turn, and reports to the rate limiter what Telegram refuses.
 * @param maxWaitMs maximum wait, in ms; a call that would wait longer is refused at once with a
 * 429, as Telegram would, and its caller retries later
 */
export function createRateLimitTransformer(rateLimiter: RateLimiter, maxWaitMs: number): Transformer {
  return async (call, method, payload, signal) => {
    const { chat_id, media } = payload as { chat_id?: unknown; media?: unknown };
    const chatId = typeof chat_id === 'number' ? chat_id : null;
    if (!unlimitedMethods.test(method)) {
      const messages = Array.isArray(media) ? media.length : 1;
      const showing = { method, chatId: showingMethods.test(method) ? chatId : null, messages };
      // Telegram may have refused another call during the wait; this one then waits for another turn.
      do {
        const wait = rateLimiter.waitMs(showing);
        if (wait > maxWaitMs) return heldBack(wait);
        const waitMs = await rateLimiter.takeTurn(showing, maxWaitMs);
        if (waitMs > maxWaitMs) return heldBack(waitMs);
        await pause(Math.max(waitMs, rateLimiter.reserve(showing)));
        await pause(rateLimiter.reserveForAll());
      } while (rateLimiter.pauseLeftMs(showing.chatId) > 0);
    }
    const response = await call(method, payload, signal);
    if (!response.ok && response.error_code === 429) {
      rateLimiter.refused({ method, chatId }, response.parameters?.retry_after ?? 1);
    }
    return response;
  };
}

/** Returns the response that Telegram would give. */
function heldBack(waitMs: number) {
  const retry_after = Math.ceil(waitMs / 1_000);
  const description = `Too Many Requests: retry after ${retry_after} (held back before Telegram)`;
  return { ok: false, error_code: 429, description, parameters: { retry_after } } as const;
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await sleep(ms);
}

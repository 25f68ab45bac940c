import type { Update } from '@grammyjs/types';
import type { State, Webhook } from '../state/state.ts';
import type { UpdateQueue } from './queue.ts';

/** Longest wait before an update is delivered again, in ms (WebhookActor.cpp: 60 s). */
const maxDelayMs = 60_000;

/** Time limit for the bot's response to a delivery, in ms. */
const responseTimeoutMs = 60_000;

/** Longest wait that a Retry-After of the bot can ask for, in ms (same source). */
const maxRetryAfterMs = 3_600_000;

interface Delay {
  readonly failures: number;
  /** Null once the wait is over. */
  timer: NodeJS.Timeout | null;
}

/** Delivers updates by POST: one after another within a chat, chats in parallel. */
export class WebhookDelivery {
  readonly #state: State;
  readonly #updates: UpdateQueue;
  readonly #busy = new Set<number>();
  readonly #delays = new Map<number, Delay>();
  /** Aborts the deliveries of the current webhook. */
  #current = new AbortController();
  /** The last failure since the webhook was set, as getWebhookInfo shows it. */
  lastError: { readonly date: number; readonly message: string } | null = null;
  /** Runs a method that the bot put into its answer to a delivery. */
  onReply: (method: string, parameters: Record<string, unknown>) => void = () => undefined;

  constructor(state: State, updates: UpdateQueue) {
    this.#state = state;
    this.#updates = updates;
    updates.onAdded = () => this.deliver();
  }

  /** Starts over after the webhook has been set, changed or deleted, and at the start of the playground. */
  restart(): void {
    this.close();
    this.#current = new AbortController();
    this.lastError = null;
    this.deliver();
  }

  /** Stops delivering; undelivered updates stay pending. */
  close(): void {
    this.#current.abort();
    for (const { timer } of this.#delays.values()) clearTimeout(timer ?? undefined);
    this.#delays.clear();
    this.#busy.clear();
  }

  /** Sends the updates that can be sent now. */
  deliver(): void {
    const { webhook } = this.#state;
    if (!webhook || this.#current.signal.aborted) return;
    const seen = new Set<number>();
    for (const { update, chatId } of this.#updates.pending()) {
      if (this.#busy.size >= webhook.maxConnections) return;
      // Only the oldest update of a chat is sent; the others wait for it.
      if (seen.has(chatId) || this.#busy.has(chatId)) continue;
      seen.add(chatId);
      if (!this.#delays.get(chatId)?.timer) void this.#send(webhook, update, chatId, this.#current.signal);
    }
  }

  async #send(webhook: Webhook, update: Update, chatId: number, signal: AbortSignal): Promise<void> {
    this.#busy.add(chatId);
    const failure = await post(webhook, update, signal, this.onReply);
    if (signal.aborted) return;
    this.#busy.delete(chatId);
    if (failure === null) {
      this.#delays.delete(chatId);
      this.#updates.done(update.update_id);
    } else {
      this.lastError = { date: Math.floor(Date.now() / 1000), message: failure.message };
      this.#delay(chatId, failure.retryAfterMs);
    }
    this.deliver();
  }

  /** Schedules a retry: at once after the first failure, then after 2, 4, 8 … seconds, as Telegram does. */
  #delay(chatId: number, retryAfterMs: number): void {
    const failures = (this.#delays.get(chatId)?.failures ?? 0) + 1;
    const backoffMs = failures === 1 ? 0 : Math.min(1000 * 2 ** (failures - 1), maxDelayMs);
    const delay: Delay = { failures, timer: null };
    delay.timer = setTimeout(() => {
      delay.timer = null;
      this.deliver();
    }, retryAfterMs || backoffMs);
    this.#delays.set(chatId, delay);
  }
}

async function post(
  webhook: Webhook,
  update: Update,
  signal: AbortSignal,
  onReply: WebhookDelivery['onReply'],
): Promise<{ readonly message: string; readonly retryAfterMs: number } | null> {
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(webhook.secretToken !== '' && { 'x-telegram-bot-api-secret-token': webhook.secretToken }),
      },
      body: JSON.stringify(update),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(responseTimeoutMs)]),
    });
    const body = await response.text();
    if (!response.ok) {
      const retryAfterS = Number(response.headers.get('retry-after') ?? 0);
      return {
        message: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
        retryAfterMs: Number.isFinite(retryAfterS)
          ? Math.min(Math.max(retryAfterS, 0) * 1000, maxRetryAfterMs)
          : 0,
      };
    }
    answerCall(body, onReply);
    return null;
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return { message: timedOut ? 'Read timeout expired' : 'Connection refused', retryAfterMs: 0 };
  }
}

/** Runs the one method call that a webhook's answer may contain. */
function answerCall(body: string, onReply: WebhookDelivery['onReply']): void {
  try {
    const reply: unknown = JSON.parse(body);
    if (
      typeof reply === 'object' &&
      reply !== null &&
      'method' in reply &&
      typeof reply.method === 'string'
    ) {
      onReply(reply.method, { ...reply });
    }
  } catch {
    // An ordinary answer without JSON.
  }
}

import { autoRetry } from '@grammyjs/auto-retry';
import { Api, GrammyError, HttpError, type Transformer } from 'grammy';
import { DeliveryError } from '../app/ports/messenger.ts';
import type { Meter } from '../app/ports/meter.ts';
import { httpFetch } from '../lib/http-fetch.ts';
import { createRateLimitTransformer } from './rate-limit-transformer.ts';
import type { RateLimiter } from './rate-limiter.ts';

export type TelegramSettings = {
  readonly token: string;
  /** Root of the Bot API: `https://api.telegram.org`, a local Bot API server, or the playground. */
  readonly apiRoot: string;
  /** Counts the calls; omitted when they are not measured. */
  readonly meter?: Pick<Meter, 'telegramCall'>;
  /** Limits the rate of all calls that this process makes for this bot. */
  readonly rateLimiter: RateLimiter;
};

/**
 * How long a call tries. No call tries forever: what must arrive is in an outbox, or is repeated by a sweep.
 * `timeoutSeconds` limits one request. `retries` is the number of retries after a 429 of at most `maxWaitSeconds` and
 * after errors at Telegram (5xx). A broken connection is not retried here.
 */
const patiences = {
  /** For progress, which is soon out of date. */
  none: { timeoutSeconds: 5, retries: 0, maxWaitSeconds: 0 },
  /** For a message that must not be sent twice. */
  once: { timeoutSeconds: 30, retries: 0, maxWaitSeconds: 0 },
  /** For a picker: the sweep sends it again after 15 s, and this call must have ended by then. */
  short: { timeoutSeconds: 4, retries: 1, maxWaitSeconds: 3 },
  /** For messages that must arrive. */
  long: { timeoutSeconds: 30, retries: 2, maxWaitSeconds: 20 },
  /** For files that must arrive over a slow connection. */
  upload: { timeoutSeconds: 120, retries: 2, maxWaitSeconds: 20 },
} as const;

/**
 * Maximum wait for a call's turn, in ms; a longer wait is refused, because the sweep sends a picker again after 15 s.
 */
const maxTurnWaitMs = { none: 5_000, once: 8_000, short: 8_000, long: 20_000, upload: 60_000 } as const;

/** Creates a client of the Bot API. */
export function createApi(
  { token, apiRoot, meter, rateLimiter }: TelegramSettings,
  patience: keyof typeof patiences,
): Api {
  const { timeoutSeconds, retries, maxWaitSeconds } = patiences[patience];
  const api = new Api(token, {
    apiRoot,
    timeoutSeconds,
    fetch: httpFetch,
  });
  // The first transformer is the nearest to the network, so it counts every retry.
  if (meter !== undefined) api.config.use(countCalls(meter));
  api.config.use(createRateLimitTransformer(rateLimiter, maxTurnWaitMs[patience]));
  if (retries > 0) {
    api.config.use(
      autoRetry({
        maxRetryAttempts: retries,
        maxDelaySeconds: maxWaitSeconds,
        // It would otherwise retry for up to an hour.
        rethrowHttpErrors: true,
      }),
    );
  }
  return api;
}

/** Counts each call with its duration in seconds and its HTTP status; status 0 means that there was no response. */
function countCalls(meter: Pick<Meter, 'telegramCall'>): Transformer {
  return async (call, method, payload, signal) => {
    const begunAt = performance.now();
    let status = 0;
    try {
      const response = await call(method, payload, signal);
      status = response.ok ? 200 : response.error_code;
      return response;
    } finally {
      meter.telegramCall(method, status, (performance.now() - begunAt) / 1000);
    }
  };
}

/** Returns true when Telegram refuses an edit because it changes nothing. */
export function isNotModified(error: unknown): boolean {
  return error instanceof GrammyError && error.description.includes('message is not modified');
}

/** Returns true when the message to edit no longer exists or can no longer be edited. */
export function isEditImpossible(error: unknown): boolean {
  return (
    error instanceof GrammyError &&
    error.error_code === 400 &&
    /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(error.description)
  );
}

/** Returns true when the message exists, but Telegram no longer allows its edit. */
export function isEditClosed(error: unknown): boolean {
  return error instanceof GrammyError && /message can't be edited/i.test(error.description);
}

/** Returns true for the failure of a call that Telegram refuses for good. */
export function isRefused(error: unknown): boolean {
  return error instanceof DeliveryError && error.kind === 'refused';
}

/**
 * Returns a call's failure as a DeliveryError: gone, refused for good, or worth a retry. Its
 * message never contains the token.
 */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof GrammyError) {
    const movedTo = error.parameters.migrate_to_chat_id ?? null;
    const kind = movedTo === null ? kindOf(error) : 'later';
    return new DeliveryError(kind, `${error.method}: ${error.description}`, undefined, movedTo);
  }
  // The cause of grammY's HttpError contains the request's URL, and with it the token: it is left out.
  const message = error instanceof HttpError ? error.message : 'the Bot API could not be reached';
  return new DeliveryError('later', message, undefined);
}

/**
 * Descriptions of errors after which no message can be sent there: the user or chat does not exist,
 * or the bot may not write in the group or topic.
 */
const nobodyThere =
  /chat not found|user is deactivated|PEER_ID_INVALID|rights to send (text|a message)|CHAT_WRITE_FORBIDDEN|CHAT_SEND_PLAIN_FORBIDDEN|TOPIC_CLOSED|TOPIC_DELETED|message thread not found/i;

function kindOf({ error_code, description }: GrammyError): DeliveryError['kind'] {
  if (error_code === 403) return 'gone';
  if (error_code === 400 && nobodyThere.test(description)) return 'gone';
  return error_code === 400 || error_code === 413 ? 'refused' : 'later';
}

/** Returns the transformers for the calls of the bot itself, nearest to the network first. */
export function callGuards({
  meter,
  rateLimiter,
}: {
  meter: Pick<Meter, 'telegramCall'>;
  rateLimiter: RateLimiter;
}): Transformer[] {
  return [countCalls(meter), createRateLimitTransformer(rateLimiter, maxTurnWaitMs.short)];
}

/** Awaits a call and turns its failure into a DeliveryError. */
export async function attempt<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toDeliveryError(error);
  }
}

import { autoRetry } from '@grammyjs/auto-retry';
import { Api, GrammyError, HttpError, type Transformer } from 'grammy';
import { DeliveryError } from '../app/ports/answers.ts';
import type { Meter } from '../app/ports/operations.ts';
import { keepPace } from './keep-pace.ts';
import type { Pace } from './pace.ts';

export type TelegramSettings = {
  readonly token: string;
  /** `https://api.telegram.org`, a local Bot API server, or the playground. */
  readonly apiRoot: string;
  /** Counts the calls, where somebody wants to know. */
  readonly meter?: Pick<Meter, 'telegramCall'>;
  /** Of all calls of this process for this bot. */
  readonly pace: Pace;
};

/**
 * How long a call tries. Nothing tries for ever: what must arrive is in an outbox, or asked for again by a sweeper.
 * `timeoutSeconds` is for one request; `retries` are for answers that ask for patience (429 of `longestWaitSeconds`
 * at most) or tell of trouble at Telegram (5xx). A broken connection is not tried again here.
 */
const patiences = {
  /** For progress, which is out of date a moment later. */
  none: { timeoutSeconds: 5, retries: 0, longestWaitSeconds: 0 },
  /** For a picker: the sweeper asks again after 15 s, and must not meet this one still trying. */
  short: { timeoutSeconds: 4, retries: 1, longestWaitSeconds: 3 },
  /** For messages that must arrive. */
  long: { timeoutSeconds: 30, retries: 2, longestWaitSeconds: 20 },
  /** For files that must arrive over a slow line. */
  upload: { timeoutSeconds: 120, retries: 2, longestWaitSeconds: 20 },
} as const;

/** Who would wait longer for a turn is refused, in milliseconds: the sweeper asks for an engine after 15 s. */
const longestPaceMs = { none: 5_000, short: 8_000, long: 20_000, upload: 60_000 } as const;

/** A client of the Bot API. */
export function createApi(
  { token, apiRoot, meter, pace }: TelegramSettings,
  patience: keyof typeof patiences,
): Api {
  const { timeoutSeconds, retries, longestWaitSeconds } = patiences[patience];
  const api = new Api(token, { apiRoot, timeoutSeconds });
  // The first is the nearest to the wire: every try counts.
  if (meter !== undefined) api.config.use(countCalls(meter));
  api.config.use(keepPace(pace, longestPaceMs[patience]));
  if (retries > 0) {
    api.config.use(
      autoRetry({
        maxRetryAttempts: retries,
        maxDelaySeconds: longestWaitSeconds,
        // It would wait up to an hour.
        rethrowHttpErrors: true,
      }),
    );
  }
  return api;
}

/** Counts each call with how long it took and its status; 0 for one without an answer. */
function countCalls(meter: Pick<Meter, 'telegramCall'>): Transformer {
  return async (call, method, payload, signal) => {
    const begunAt = performance.now();
    let status = 0;
    try {
      const answer = await call(method, payload, signal);
      status = answer.ok ? 200 : answer.error_code;
      return answer;
    } finally {
      meter.telegramCall(method, status, (performance.now() - begunAt) / 1000);
    }
  };
}

/** True when Telegram says that a message already looks like that. */
export function isNotModified(error: unknown): boolean {
  return error instanceof GrammyError && error.description.includes('message is not modified');
}

/** True when the message to edit is not there any more. */
export function isMessageGone(error: unknown): boolean {
  return (
    error instanceof GrammyError &&
    error.error_code === 400 &&
    /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(error.description)
  );
}

/** Any failure of a call as a DeliveryError: gone, refused for good, or worth another try. Messages hold no token. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof GrammyError) {
    const movedTo = error.parameters.migrate_to_chat_id ?? null;
    const kind = movedTo === null ? kindOf(error) : 'later';
    return new DeliveryError(kind, `${error.method}: ${error.description}`, undefined, movedTo);
  }
  // grammY's HttpError holds the request's URL, and with it the token, in its cause: leave that behind.
  const message = error instanceof HttpError ? error.message : 'the Bot API could not be reached';
  return new DeliveryError('later', message, undefined);
}

/** Nobody can be told anything there: no such person or chat, or a group or topic in which the bot may not write. */
const nobodyThere =
  /chat not found|user is deactivated|PEER_ID_INVALID|rights to send (text|a message)|CHAT_WRITE_FORBIDDEN|CHAT_SEND_PLAIN_FORBIDDEN|TOPIC_CLOSED|TOPIC_DELETED|message thread not found/i;

function kindOf({ error_code, description }: GrammyError): DeliveryError['kind'] {
  if (error_code === 403) return 'gone';
  if (error_code === 400 && nobodyThere.test(description)) return 'gone';
  return error_code === 400 || error_code === 413 ? 'refused' : 'later';
}

/** What every call of the bot itself passes, nearest to the wire first. */
export function callGuards({
  meter,
  pace,
}: {
  meter: Pick<Meter, 'telegramCall'>;
  pace: Pace;
}): Transformer[] {
  return [countCalls(meter), keepPace(pace, longestPaceMs.short)];
}

import { autoRetry } from '@grammyjs/auto-retry';
import { Api, GrammyError, HttpError } from 'grammy';
import { DeliveryError } from '../app/ports.ts';

export type TelegramSettings = {
  readonly token: string;
  /** `https://api.telegram.org`, a local Bot API server, or the playground. */
  readonly apiRoot: string;
};

/** Longest wait that one call takes upon itself when Telegram asks for patience; the outbox waits longer, in seconds. */
const longestWaitSeconds = 20;

/**
 * A client of the Bot API.
 * @param patient waits and tries again when Telegram is busy; for messages that must arrive. An impatient one gives
 * up at once and after 5 s: right for progress, which is out of date a moment later.
 */
export function createApi({ token, apiRoot }: TelegramSettings, patient: boolean): Api {
  const api = new Api(token, { apiRoot, timeoutSeconds: patient ? 120 : 5 });
  if (patient) {
    api.config.use(
      autoRetry({
        maxRetryAttempts: 3,
        maxDelaySeconds: longestWaitSeconds,
        rethrowInternalServerErrors: false,
      }),
    );
  }
  return api;
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

/** Any failure of a call as a DeliveryError: gone for good, or worth another try. Messages hold no token. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof GrammyError) {
    const gone =
      error.error_code === 403 ||
      (error.error_code === 400 &&
        /chat not found|user is deactivated|PEER_ID_INVALID/i.test(error.description));
    return new DeliveryError(gone ? 'gone' : 'later', `${error.method}: ${error.description}`, undefined);
  }
  // grammY's HttpError holds the request's URL, and with it the token, in its cause: leave that behind.
  const message = error instanceof HttpError ? error.message : 'the Bot API could not be reached';
  return new DeliveryError('later', message, undefined);
}

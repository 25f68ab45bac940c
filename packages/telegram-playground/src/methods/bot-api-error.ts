import type { ResponseParameters } from '@grammyjs/types';

/**
 * A refusal as the Bot API words it. `description` is the whole sentence the client sees, with its prefix
 * (`Bad Request: …`); `parameters` is the ResponseParameters object of the reply.
 */
export class BotApiError extends Error {
  override readonly name = 'BotApiError';
  readonly status: number;
  readonly description: string;
  readonly parameters: ResponseParameters | undefined;

  constructor(status: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.status = status;
    this.description = description;
    this.parameters = parameters;
  }
}

/** Returns a 400 with Telegram's prefix before the sentence. */
export function badRequest(sentence: string): BotApiError {
  return new BotApiError(400, `Bad Request: ${sentence}`);
}

/** Returns a 409, for a second poller or a poller beside a webhook. */
export function conflict(sentence: string): BotApiError {
  return new BotApiError(409, `Conflict: ${sentence}`);
}

/** Returns the 403 of a person who blocked the bot. */
export function blockedByUser(): BotApiError {
  return new BotApiError(403, 'Forbidden: bot was blocked by the user');
}

/** Returns the 400 of a group that has become a supergroup. */
export function migrated(toChatId: number): BotApiError {
  return new BotApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    migrate_to_chat_id: toChatId,
  });
}

/** Returns a 413, in the words of the server before the Bot API. */
export function requestEntityTooLarge(): BotApiError {
  return new BotApiError(413, 'Request Entity Too Large');
}

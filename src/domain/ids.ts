/** A Telegram user id. It fits in 52 bits, so a JavaScript number holds it exactly (Bot API, `User.id`). */
export type UserId = number;

/** A Telegram chat id, negative for groups (Bot API, `Chat.id`). */
export type ChatId = number;

/** The id of a transcription (a `bigint` column that stays far below 2^53). */
export type TranscriptionId = number;

/** Parses a transcription id from text in callback data or a token. Returns `undefined` for anything else. */
export function parseTranscriptionId(text: string): TranscriptionId | undefined {
  if (!/^[1-9]\d{0,14}$/.test(text)) return undefined;
  return Number(text);
}

/** A Telegram user id; fits in 52 bits, so a JavaScript number holds it exactly (Bot API, `User.id`). */
export type UserId = number;

/** A Telegram chat id; negative for groups (Bot API, `Chat.id`). */
export type ChatId = number;

/** The id of one transcription in the database (a `bigint` column that stays far below 2^53). */
export type TranscriptionId = number;

/** Reads a transcription id from text, as callback data and queue tokens carry it; `undefined` when it is not one. */
export function parseTranscriptionId(text: string): TranscriptionId | undefined {
  if (!/^[1-9]\d{0,14}$/.test(text)) return undefined;
  return Number(text);
}

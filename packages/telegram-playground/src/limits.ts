/** Limits of the Bot API (core.telegram.org/bots/api and its "Local Bot API Server" chapter). */

/** UTF-16 units of a message's text, after trimming and entity parsing (sendMessage). */
export const maxTextLength = 4096;

/** UTF-16 units of a caption (sendDocument). */
export const maxCaptionLength = 1024;

/** Bytes of one button's callback data (InlineKeyboardButton). */
export const maxCallbackDataBytes = 64;

/** Characters of a callback answer (answerCallbackQuery). */
export const maxCallbackAnswerLength = 200;

/** Bytes that getFile lets a bot download. */
export const maxDownloadBytes = 20 * 1024 * 1024;

/** Bytes of a file that a bot may upload. */
export const maxUploadBytes = 50 * 1024 * 1024;

/** Maximum bytes of a multipart request beside its files: fields, headers, boundaries. */
export const multipartOverheadBytes = 1024 * 1024;

/** Bytes of a file that a person may upload (Telegram's own clients: 2 GB). */
export const maxPersonFileBytes = 2 * 1024 * 1024 * 1024;

/** Items of an album (sendMediaGroup). */
export const albumSize = { min: 2, max: 10 } as const;

/** Entities beyond the hundredth are ignored by Telegram's servers. */
export const maxEntities = 100;

/** Buttons of one inline keyboard; more are refused with REPLY_MARKUP_TOO_LONG. */
export const maxInlineButtons = 100;

/** Seconds an update waits for the bot before Telegram forgets it ("not longer than 24 hours"). */
export const updateLifetimeS = 24 * 60 * 60;

/**
 * Seconds a callback or inline query waits for the bot (150 in Telegram's own server, Client.cpp of
 * tdlib/telegram-bot-api).
 */
export const queryLifetimeS = 150;

/** Milliseconds a person's client waits for the answer to a pressed button or an inline query. */
export const queryWaitMs = 15_000;

/** Characters of an inline query (InlineQuery). */
export const maxInlineQueryLength = 256;

/** Results of one answer (answerInlineQuery). */
export const maxInlineResults = 50;

/** Bytes of a result's id (InlineQueryResultArticle). */
export const maxInlineResultIdBytes = 64;

/** Bytes of `next_offset` (answerInlineQuery). */
export const maxInlineOffsetBytes = 64;

/** Longest long poll in seconds, even when the bot asks for more (same source). */
export const maxPollTimeoutS = 50;

/**
 * Rate limits of a bot (core.telegram.org/bots/faq, "My bot is hitting limits"): about a message a second in
 * one chat, where "short bursts" pass; twenty a minute in a group; some thirty a second in all. Telegram does
 * not say how long a burst is. Edits are said to count separately, with the same limits.
 */
export const floodRules = {
  chat: { burst: 30, everyMs: 1_000 },
  group: { burst: 20, everyMs: 3_000 },
  all: { burst: 30, everyMs: 1_000 / 30 },
} as const;

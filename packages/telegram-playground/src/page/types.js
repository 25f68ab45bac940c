// The data between the page and the playground's server: the Bot API's own objects, as far as the page shows
// them. Only types; this file has no code that runs.

/** @typedef {{ type: string, offset: number, length: number, url?: string, language?: string }} Entity */
/** @typedef {{ text: string, callback_data?: string, url?: string, copy_text?: { text: string }, style?: string }} InlineButton */
/** @typedef {{ file_id: string, file_unique_id: string, file_size?: number, mime_type?: string, file_name?: string, duration?: number, title?: string, performer?: string, width?: number, height?: number }} RemoteFile */
/** @typedef {string | { type?: string, emoji?: string }} Reaction */
/**
 * A Bot API message, `date` in Unix seconds.
 * @typedef {{
 *   message_id: number,
 *   date: number,
 *   edit_date?: number,
 *   from?: { id: number, is_bot: boolean, first_name: string },
 *   text?: string,
 *   entities?: Entity[],
 *   caption?: string,
 *   caption_entities?: Entity[],
 *   voice?: RemoteFile,
 *   audio?: RemoteFile,
 *   video?: RemoteFile,
 *   video_note?: RemoteFile,
 *   document?: RemoteFile,
 *   reply_markup?: { inline_keyboard?: InlineButton[][] },
 *   reply_to_message?: Message,
 *   media_group_id?: string,
 *   reactions?: Reaction[],
 * }} Message
 */
/** @typedef {{ id: number, first_name: string, last_name?: string, username?: string, language_code: string, last_message?: { text: string, date: number } | null, unread: number }} Person */
/** @typedef {{ command: string, description: string }} Command */
/** @typedef {{ id: number, first_name: string, username?: string, commands: Command[] }} Bot */
/** @typedef {{ answered: boolean, text?: string, show_alert?: boolean, url?: string }} CallbackAnswer */
/** @typedef {'voice' | 'audio' | 'video' | 'video_note' | 'document' | 'auto'} FileKind */
/** @typedef {{ file: File, kind: FileKind, durationSeconds?: number | undefined, caption?: string | undefined, replyTo?: number | undefined }} OutgoingFile */

export {};

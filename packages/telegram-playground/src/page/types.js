// The data between the page and the playground's server: the Bot API's own objects, as far as the page shows
// them. Only types; this file has no code that runs.

/** @typedef {{ type: string, offset: number, length: number, url?: string, language?: string }} Entity */
/** @typedef {{ text: string, callback_data?: string, url?: string, copy_text?: { text: string }, switch_inline_query?: string, switch_inline_query_current_chat?: string, style?: string }} InlineButton */
/** @typedef {{ file_id: string, file_unique_id: string, file_size?: number, mime_type?: string, file_name?: string, duration?: number, title?: string, performer?: string, width?: number, height?: number, emoji?: string }} RemoteFile */
/** @typedef {string | { type?: string, emoji?: string }} Reaction */
/** @typedef {{ id: number, is_bot: boolean, first_name: string, last_name?: string, username?: string }} User */
/** @typedef {{ id: number, title?: string, type?: string }} Chat */
/** @typedef {{ type: string, sender_user?: User, sender_user_name?: string, sender_chat?: Chat, chat?: Chat }} Origin */
/** @typedef {{ question: string, options: { text: string, voter_count: number }[], total_voter_count: number }} Poll */
/**
 * A Bot API message, `date` in Unix seconds.
 * @typedef {{
 *   message_id: number,
 *   date: number,
 *   edit_date?: number,
 *   chat?: Chat,
 *   from?: User,
 *   sender_chat?: Chat,
 *   via_bot?: User,
 *   sender_business_bot?: User,
 *   forward_origin?: Origin,
 *   message_thread_id?: number,
 *   text?: string,
 *   entities?: Entity[],
 *   caption?: string,
 *   caption_entities?: Entity[],
 *   voice?: RemoteFile,
 *   audio?: RemoteFile,
 *   video?: RemoteFile,
 *   video_note?: RemoteFile,
 *   document?: RemoteFile,
 *   sticker?: RemoteFile,
 *   photo?: RemoteFile[],
 *   contact?: { first_name: string, last_name?: string, phone_number: string, user_id?: number },
 *   location?: { latitude: number, longitude: number },
 *   poll?: Poll,
 *   pinned_message?: Message,
 *   new_chat_members?: User[],
 *   left_chat_member?: User,
 *   forum_topic_created?: { name: string },
 *   migrate_to_chat_id?: number,
 *   migrate_from_chat_id?: number,
 *   reply_markup?: { inline_keyboard?: InlineButton[][] },
 *   reply_to_message?: Message,
 *   external_reply?: { origin?: Origin },
 *   quote?: { text: string },
 *   media_group_id?: string,
 *   reactions?: Reaction[],
 *   silent?: boolean,
 * }} Message
 */
/** @typedef {{ text: string, date: number } | null} LastMessage */
/** @typedef {{ id: number, first_name: string, last_name?: string, username?: string, language_code: string, blocked?: boolean, last_message?: LastMessage, unread: number }} Person */
/** @typedef {{ id: number, name: string, state: string }} Topic */
/** @typedef {{ id: number, title: string, type: string, isForum: boolean, members: Record<string, string>, bot: string, topics: Topic[], migratedTo: number | null, last_message?: LastMessage, unread: number }} Group */
/** @typedef {{ id: number, people: number[], last_message?: LastMessage, unread: number }} PrivateChat */
/** @typedef {{ id: string, canReply: boolean, chats: 'all' | 'only' | 'except', people: number[] }} Connection */
/**
 * A place to write in: a person's chat with the bot; a group, one of whose members speaks; or the chat of two people,
 * one of whom speaks.
 * @typedef {{ id: number, speaker: Person, group: Group | null, pair?: PrivateChat, topic?: number | undefined }} Place
 */
/** @typedef {{ command: string, description: string }} Command */
/** @typedef {{ id: number, first_name: string, username?: string, description?: string, commands: Command[] }} Bot */
/** @typedef {{ answered: boolean, text?: string, show_alert?: boolean, url?: string }} CallbackAnswer */
/** @typedef {{ id: string, title: string, description?: string }} InlineResult */
/** @typedef {{ answered: boolean, query_id?: string, results?: InlineResult[], button?: { text: string, start_parameter: string } }} InlineAnswer */
/** @typedef {{ messages: number, botMessages: number, botAlbums: number, buttons: number, sounds: number, calls: Record<string, number> }} Counts */
/** @typedef {'voice' | 'audio' | 'video' | 'video_note' | 'document' | 'photo' | 'sticker' | 'auto'} FileKind */
/** @typedef {{ file: File, kind: FileKind, durationSeconds?: number | undefined, caption?: string | undefined, replyTo?: number | undefined, emoji?: string, width?: number, height?: number }} OutgoingFile */

export {};

import type { Chat, Message, MessageOrigin, User } from 'grammy/types';
import { parseCaption } from '../domain/caption.ts';
import type { MediaKind, Upload } from '../domain/transcription.ts';

/** The attachment of a message, as the message describes it. */
export type Attachment =
  | { readonly kind: MediaKind; readonly file: TelegramFile }
  /** A document whose own type is not audio or video, such as text or a picture. */
  | { readonly kind: 'not-media' };

type TelegramFile = {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size?: number;
  readonly file_name?: string;
  /** The title of an audio file, from its tags. */
  readonly title?: string;
  readonly mime_type?: string;
  readonly duration?: number;
};

/** Returns the attachment of a message; undefined when there is none that could contain speech. */
export function attachmentOf(message: Message): Attachment | undefined {
  if (message.voice) return { kind: 'voice', file: message.voice };
  if (message.audio) return { kind: 'audio', file: message.audio };
  if (message.video_note) return { kind: 'video_note', file: message.video_note };
  // Telegram sends an animation with a document beside it; it is a silent video.
  if (message.animation) return { kind: 'video', file: message.animation };
  if (message.video) return { kind: 'video', file: message.video };
  if (message.document) return documentOf(message.document);
  return undefined;
}

const mediaEndings =
  /\.(aac|ac3|aiff?|amr|ape|caf|flac|m4[abrv]|mka|mkv|mov|mp[234]|mpe?g|mpga|og[agvx]|opus|ra|rm|spx|tta|wav|weba?|webm|wma|wmv|wv|3g[p2]|avi|flv|ts|mts|m2ts)$/i;

/** MIME types that never contain audio. A file of an unknown type is judged by its content later. */
const otherTypes =
  /^(text\/|image\/|font\/|application\/(pdf|zip|json|xml|x-tar|gzip|x-7z|vnd\.(rar|android|ms-|openxml|oasis)|msword|epub|x-msdownload))/i;

function documentOf(file: TelegramFile): Attachment {
  const { file_name: name = '', mime_type: type = '' } = file;
  if (mediaEndings.test(name) || /^(audio|video)\/|^application\/ogg/i.test(type))
    return { kind: 'document', file };
  return otherTypes.test(type) ? { kind: 'not-media' } : { kind: 'document', file };
}

/** Returns the name of the original sender of a forwarded message. */
function senderOf(origin: MessageOrigin): string {
  switch (origin.type) {
    case 'user':
      return nameOf(origin.sender_user);
    case 'hidden_user':
      return origin.sender_user_name;
    case 'chat':
      return titleOf(origin.sender_chat);
    case 'channel':
      return titleOf(origin.chat);
  }
}

/** Returns the name under which a message appears in its chat. */
export function authorOf({ sender_chat, from }: Message): string | null {
  if (sender_chat !== undefined) return storable(titleOf(sender_chat));
  return storable(from && nameOf(from));
}

function nameOf({ first_name, last_name }: User): string {
  return [first_name, last_name].filter(Boolean).join(' ');
}

function titleOf(chat: Chat): string {
  return chat.title ?? [chat.first_name, chat.last_name].filter(Boolean).join(' ');
}

/** Returns a text without NUL, the one character that PostgreSQL's `text` cannot hold. */
function storable(text: string | undefined): string | null {
  return text?.replaceAll('\0', '') ?? null;
}

/** Returns a Telegram user in the form of an account. */
export function accountOf(from: User): Upload['user'] {
  return {
    id: from.id,
    firstName: storable(from.first_name) ?? '',
    lastName: storable(from.last_name),
    username: storable(from.username),
    languageCode: from.language_code ?? null,
  };
}

/** Returns a chat in the form that the lane stores. */
export function chatOf({ id, type, title }: Chat): Upload['chat'] {
  return { id, type, title: storable(title) };
}

/**
 * Returns the part of an upload that comes from the message itself.
 * @param user the user in whose lane it goes
 */
export function readBaseUpload(botId: number, message: Message, user: Upload['user']) {
  const { chat } = message;
  return {
    uploadKey: `${botId}:${chat.id}:${message.message_id}`,
    user,
    chat: chatOf(chat),
    messageId: message.message_id,
    threadId: threadOf(message),
    sentAtSeconds: message.forward_origin?.date ?? message.date,
    senderName: storable(message.forward_origin && senderOf(message.forward_origin)),
  };
}

/** Returns the id of the topic that a message is in; null outside of topics. */
export function threadOf({ is_topic_message, message_thread_id }: Message): number | null {
  return is_topic_message ? (message_thread_id ?? null) : null;
}

/**
 * Returns the attachment of a message as an upload.
 * @param user the user in whose lane it goes
 */
export function toUpload(
  botId: number,
  message: Message,
  attachment: Exclude<Attachment, { kind: 'not-media' }>,
  user: Upload['user'],
): Upload {
  const { kind, file } = attachment;
  return {
    ...readBaseUpload(botId, message, user),
    kind,
    fileId: file.file_id,
    fileUniqueId: file.file_unique_id,
    fileName: storable(file.file_name ?? file.title),
    mimeType: storable(file.mime_type),
    fileSize: file.file_size ?? null,
    announcedSeconds: file.duration ?? null,
    ...parseCaption(message.caption),
  };
}

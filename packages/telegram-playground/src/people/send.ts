import type { Message, MessageEntity } from '@grammyjs/types';
import { asReply, type MessageContent, type ShownMessage, shown, unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import type { Upload } from '../files/file-store.ts';
import { mediaContent } from '../files/media-content.ts';
import { kindFor, mimeTypeFor } from '../files/media-types.ts';
import { maxCaptionLength, maxTextLength } from '../limits.ts';
import { withContent } from '../methods/content.ts';
import type { FileKind, Person, StoredMessage } from '../state/state.ts';
import { type FormattedText, formatText } from '../text/text.ts';
import { PersonError } from './person-error.ts';

/** Options of a person's message beside its text or file. */
export interface SendOptions {
  readonly replyToMessageId?: number | undefined;
  /** The name of the message's original author, which makes the message a forwarded one. */
  readonly forward?: string | undefined;
  /** Files with the same id make an album. */
  readonly mediaGroupId?: string | undefined;
}

/** A file that a person sends. */
export interface FileOptions extends SendOptions {
  /** `auto`: as a Telegram client would send it. */
  readonly kind: FileKind | 'auto';
  readonly fileName: string | null;
  readonly mimeType: string | null;
  /** Seconds. */
  readonly duration?: number | undefined;
  readonly caption: string;
  /** The emoji of a sticker. */
  readonly emoji?: string | undefined;
  /** Pixels of a photo. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Where a person writes, and under which name: their private chat, or a group. */
export interface Place {
  readonly chatId: number;
  post(content: MessageContent): ShownMessage;
}

/**
 * Returns a person's own chat with the bot.
 * @throws PersonError while they have stopped it
 */
export function privatePlace(core: Core, person: Person): Place {
  if (person.blocked) throw new PersonError(403, 'You have stopped the bot. Restart it to send messages.');
  return { chatId: person.id, post: (content) => core.conversation.postFromPerson(person, content) };
}

/** Sends a text of a person. */
export function sendText(core: Core, place: Place, raw: string, options: SendOptions): ShownMessage {
  const { text, entities } = personText(raw, maxTextLength, 'The message');
  if (text === '') throw new PersonError(400, 'The message is empty.');
  const extra = extraContent(core, place, options);
  return place.post({ ...extra, text, ...listed('entities', entities) });
}

/** Sends a file of a person. The upload must not be used afterwards. */
export async function sendFile(
  core: Core,
  place: Place,
  upload: Upload,
  options: FileOptions,
): Promise<ShownMessage> {
  const caption = personText(options.caption, maxCaptionLength, 'The caption');
  const extra = extraContent(core, place, options);
  const mimeType = mimeTypeFor(
    options.kind === 'auto' ? 'document' : options.kind,
    options.fileName,
    options.mimeType,
  );
  const kind = options.kind === 'auto' ? kindFor(mimeType) : options.kind;
  const file = await core.files.keep(upload, { kind, mime_type: mimeType, file_name: options.fileName });
  return place.post({
    ...extra,
    ...mediaContent(file, {
      duration: options.duration ?? 0,
      ...(options.emoji !== undefined && { emoji: options.emoji }),
      ...(options.width !== undefined && { width: options.width }),
      ...(options.height !== undefined && { height: options.height }),
    }),
    ...(caption.text !== '' && { caption: caption.text, ...listed('caption_entities', caption.entities) }),
  });
}

/**
 * Changes the text or caption of a person's message.
 * @param sees whether the bot gets an update of a message in a group
 */
export function editMessageOf(
  core: Core,
  stored: StoredMessage,
  raw: string,
  sees: (message: Message) => boolean = () => false,
): ShownMessage {
  if (stored.service) throw new PersonError(400, 'This message can’t be edited.');
  const isText = stored.message.text !== undefined;
  const { text, entities } = personText(raw, isText ? maxTextLength : maxCaptionLength, 'The message');
  if (isText && text === '') throw new PersonError(400, 'The message is empty.');
  const message = isText
    ? withContent(stored.message, ['text', 'entities'], { text, ...listed('entities', entities) })
    : withContent(stored.message, ['caption', 'caption_entities'], {
        ...(text !== '' && { caption: text }),
        ...listed('caption_entities', entities),
      });
  return shown({ ...stored, message: core.conversation.edit(stored, message, sees(message)) });
}

function personText(raw: string, limit: number, called: string): FormattedText {
  if (!raw.isWellFormed()) throw new PersonError(400, `${called} is no valid Unicode.`);
  const formatted = formatText(raw, '', undefined);
  if (formatted.text.length > limit)
    throw new PersonError(400, `${called} is longer than ${limit} characters.`);
  return formatted;
}

function listed(name: 'entities' | 'caption_entities', entities: readonly MessageEntity[]): MessageContent {
  return entities.length === 0 ? {} : { [name]: [...entities] };
}

/** Returns the fields of a message that its options add: a reply, an origin, an album. */
export function extraContent(core: Core, place: Place, options: SendOptions): MessageContent {
  let reply: MessageContent = {};
  if (options.replyToMessageId !== undefined) {
    const replied = core.conversation.find(place.chatId, options.replyToMessageId);
    if (!replied) throw new PersonError(400, 'The message replied to does not exist.');
    reply = { reply_to_message: asReply(replied.message) };
  }
  return {
    ...reply,
    ...(options.forward && {
      forward_origin: { type: 'hidden_user', sender_user_name: options.forward, date: unixTime() },
    }),
    ...(options.mediaGroupId && { media_group_id: options.mediaGroupId }),
  };
}

import type { Message } from '@grammyjs/types';
import type { MessageContent } from '../conversation.ts';
import { maxCaptionLength, maxTextLength } from '../limits.ts';
import type { FormattedText } from '../text/text.ts';
import { formatText } from '../text/text.ts';
import { badRequest } from './bot-api-error.ts';

/**
 * Returns the text of a message.
 * @throws BotApiError when it is empty after cleaning, or too long
 */
export function textContent(raw: string, parseMode: string, entities: unknown): MessageContent {
  if (raw === '') throw badRequest('message text is empty');
  const formatted = formatText(raw, parseMode, entities);
  if (formatted.text === '') throw badRequest('text must be non-empty');
  if (formatted.text.length > maxTextLength) throw badRequest('message is too long');
  return {
    text: formatted.text,
    ...(formatted.entities.length > 0 && { entities: [...formatted.entities] }),
  };
}

/** Returns the caption of a file; no fields when it is empty. */
export function captionContent(raw: string, parseMode: string, entities: unknown): MessageContent {
  const formatted: FormattedText = formatText(raw, parseMode, entities);
  if (formatted.text.length > maxCaptionLength) throw badRequest('message caption is too long');
  if (formatted.text === '') return {};
  return {
    caption: formatted.text,
    ...(formatted.entities.length > 0 && { caption_entities: [...formatted.entities] }),
  };
}

/** Returns the message with new content instead of the named fields. */
export function withContent(
  message: Message,
  fields: readonly (keyof Message)[],
  content: MessageContent,
): Message {
  const kept = Object.fromEntries(
    Object.entries(message).filter(([name]) => !fields.some((field) => field === name)),
  ) as unknown as Message;
  return { ...kept, ...content };
}

/**
 * Refuses an edit that changes nothing, as Telegram does.
 * @throws BotApiError
 */
export function refuseUnchanged(before: Message, after: Message): void {
  if (canonical(before) === canonical(after)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
        'content and reply markup of the message',
    );
  }
}

function canonical({ edit_date: _, ...message }: Message): string {
  return JSON.stringify(Object.entries(message).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import type { MessageContent } from '../conversation.ts';
import type { Core } from '../core.ts';
import { type BotApiError, badRequest } from './bot-api-error.ts';
import { captionContent } from './content.ts';
import { findInputFile, type InputFile } from './input-file.ts';
import type { Parameters } from './parameters.ts';

/** Supported types of InputMedia. */
export const inputMediaTypes = ['audio', 'document', 'photo', 'video'] as const;
export type InputMediaType = (typeof inputMediaTypes)[number];

/** A file with its caption, as albums and edits carry it. */
export interface InputMedia {
  readonly type: InputMediaType;
  readonly input: InputFile;
  readonly caption: MessageContent;
  /** Seconds. */
  readonly duration: number;
}

/**
 * Reads one InputMedia.
 * @param refusedType Telegram's refusal of an unsupported type
 * @param find finds its file, where an error has another text than usual
 * @throws BotApiError in Telegram's words when it is malformed
 */
export function readInputMedia(
  core: Core,
  parameters: Parameters,
  value: unknown,
  refusedType: (type: string) => string,
  find: (type: InputMediaType, media: string) => InputFile | undefined = (type, media) =>
    findInputFile(core, parameters, type, media, undefined),
): InputMedia {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable('expected an Object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const text = (name: string): string => {
    const field = fields.get(name);
    return typeof field === 'string' ? field : '';
  };
  const caption = captionContent(text('caption'), text('parse_mode'), fields.get('caption_entities'));
  if (!fields.has('type')) throw unreadable('Can\'t find field "type"');
  const type = inputMediaTypes.find((known) => known === text('type'));
  if (!type) throw unreadable(refusedType(text('type')));
  const input = find(type, text('media'));
  if (!input) throw unreadable('media not found');
  return {
    type,
    input,
    caption,
    duration: Math.max(Math.trunc(Number(fields.get('duration') ?? 0)) || 0, 0),
  };
}

function unreadable(complaint: string): BotApiError {
  return badRequest(`can't parse InputMedia: ${complaint}`);
}

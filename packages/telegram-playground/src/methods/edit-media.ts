import type { Message } from '@grammyjs/types';
import type { Method } from '../core.ts';
import { mediaContent } from '../files/media-content.ts';
import { badRequest } from './bot-api-error.ts';
import { withContent } from './content.ts';
import { type InputMediaType, inputMediaTypes, readInputMedia } from './input-media.ts';
import { readEditable, replace } from './messages.ts';

/** Fields that an edit replaces: text becomes a file, a file another one; the caption is replaced with it. */
const replaced = ['text', 'entities', 'caption', 'caption_entities', ...inputMediaTypes] as const;

const editMessageMedia: Method = async (core, parameters) => {
  if (parameters.text('media') === '') throw badRequest('parameter "media" is required');
  const value = parameters.jsonOr('media', "can't parse input media JSON object");
  const media = readInputMedia(core, parameters, value, (type) => `type "${type}" is unsupported`);
  const stored = readEditable(core, parameters);
  const type = typeOf(stored.message);
  if (type === undefined && stored.message.text === undefined)
    throw badRequest('there is no media in the message to edit');
  // Documents stay documents and audio stays audio within an album.
  if (stored.message.media_group_id !== undefined && type !== media.type)
    throw badRequest("can't change media type in the album");
  const content = {
    ...mediaContent(await media.input.take(), { duration: media.duration }),
    ...media.caption,
  };
  return replace(core, parameters, stored, withContent(stored.message, [...replaced], content));
};

/** The method that replaces a message's file. */
export const editMediaMethods = { editMessageMedia } as const;

function typeOf(message: Message): InputMediaType | undefined {
  return inputMediaTypes.find((type) => message[type] !== undefined);
}

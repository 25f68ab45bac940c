import { randomInt } from 'node:crypto';
import type { Message } from '@grammyjs/types';
import type { MessageContent } from '../conversation.ts';
import type { Core, Method } from '../core.ts';
import { mediaContent } from '../files/media-content.ts';
import { albumSize } from '../limits.ts';
import { BotApiError, badRequest } from './bot-api-error.ts';
import { captionContent } from './content.ts';
import { findInputFile, type InputFile } from './input-file.ts';
import { readWritableChat } from './lookup.ts';
import type { Parameters } from './parameters.ts';
import { readReply } from './reply.ts';

/** What an album may hold (sendMediaGroup). */
const albumTypes = ['audio', 'document', 'photo', 'video'] as const;
type AlbumType = (typeof albumTypes)[number];

interface AlbumItem {
  readonly type: AlbumType;
  readonly input: InputFile;
  readonly caption: MessageContent;
  readonly duration: number;
}

const sendMediaGroup: Method = async (core, parameters) => {
  if (parameters.text('media') === '') throw badRequest('parameter "media" is required');
  const media = parameters.jsonOr('media', "can't parse media JSON object");
  if (!Array.isArray(media)) throw badRequest('expected an Array of InputMedia');
  if (media.length === 0) throw badRequest('there are no messages to send');
  if (media.length > albumSize.most) throw badRequest('too many messages to send as an album');
  // The documentation asks for 2-10 items; the real server is known to let a single one pass.
  if (media.length < albumSize.least) throw badRequest('album must contain 2-10 items');
  const items = media.map((item, index) => readItem(core, parameters, item, index));
  refuseMixed(items);

  const peer = readWritableChat(core, parameters);
  const reply = readReply(core, parameters, peer);
  const media_group_id = `${Date.now()}${randomInt(100_000, 1_000_000)}`;
  const contents: MessageContent[] = [];
  for (const { input, caption, duration } of items) {
    contents.push({
      ...reply,
      media_group_id,
      ...mediaContent(await input.take(), { duration }),
      ...caption,
    });
  }
  const messages: Message[] = contents.map((content) => core.conversation.postFromBot(peer, content));
  return { result: messages };
};

/** The method that sends an album. */
export const mediaGroupMethods = { sendMediaGroup } as const;

function readItem(core: Core, parameters: Parameters, value: unknown, index: number): AlbumItem {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable('expected an Object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const text = (name: string): string => {
    const field = fields.get(name);
    return typeof field === 'string' ? field : '';
  };
  const caption = captionContent(text('caption'), text('parse_mode'), fields.get('caption_entities'));
  if (!fields.has('type')) throw unreadable('Can\'t find field "type"');
  const type = albumTypes.find((known) => known === text('type'));
  if (!type) {
    throw unreadable(
      text('type') === 'animation'
        ? 'type "animation" can\'t be used in sendMediaGroup'
        : `type "${text('type')}" is unsupported`,
    );
  }
  const input = findItemFile(core, parameters, type, text('media'), index);
  if (!input) throw unreadable('media not found');
  return {
    type,
    input,
    caption,
    duration: Math.max(Math.trunc(Number(fields.get('duration') ?? 0)) || 0, 0),
  };
}

/** A wrong file of an album is told with its number. */
function findItemFile(
  core: Core,
  parameters: Parameters,
  type: AlbumType,
  value: string,
  index: number,
): InputFile | undefined {
  try {
    return findInputFile(core, parameters, type, value, undefined);
  } catch (error) {
    if (!(error instanceof BotApiError) || error.status !== 400) throw error;
    const reason = error.description.replace(/^Bad Request: /, '');
    throw badRequest(`failed to send message #${index + 1} with the error message "${reason}"`);
  }
}

/** Documents go with documents and audio with audio; photos and videos may be mixed. */
function refuseMixed(items: readonly AlbumItem[]): void {
  const types = new Set(items.map(({ type }) => type));
  if (types.size < 2) return;
  for (const type of ['audio', 'document'] as const) {
    if (types.has(type)) throw badRequest(`${type} can't be mixed with other media types`);
  }
}

function unreadable(complaint: string): Error {
  return badRequest(`can't parse InputMedia: ${complaint}`);
}

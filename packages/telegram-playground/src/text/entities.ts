import type { MessageEntity, User } from '@grammyjs/types';
import { badRequest } from '../methods/bot-api-error.ts';

/** Types that a bot may set and that need only an offset and a length. */
const plainTypes = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
] as const;

/** Types that Telegram detects by itself; a bot's own are ignored. */
const foundTypes: ReadonlySet<string> = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
]);

/**
 * Reads the entities of a call. Those out of the text's range are dropped and those that reach beyond its end
 * are cut, as Telegram does; a value that is no array counts as none.
 * @throws BotApiError for an entity without type or place, and for one that splits a surrogate pair
 */
export function readEntities(value: unknown, text: string): readonly MessageEntity[] {
  if (!Array.isArray(value)) return [];
  const entities: MessageEntity[] = [];
  for (const item of value) {
    const entity = readEntity(item);
    if (entity === null || entity.length <= 0 || entity.offset < 0 || entity.offset >= text.length) continue;
    const length = Math.min(entity.length, text.length - entity.offset);
    refuseSplitPair(text, entity.offset, entity.offset);
    refuseSplitPair(text, entity.offset + length, entity.offset);
    entities.push({ ...entity, length });
  }
  return entities;
}

function readEntity(item: unknown): MessageEntity | null {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw unreadable('expected an Object');
  const fields = new Map<string, unknown>(Object.entries(item));
  const offset = wholeNumber(fields, 'offset');
  const length = wholeNumber(fields, 'length');
  const type = fields.get('type');
  if (type === undefined) throw unreadable('Can\'t find field "type"');
  if (typeof type !== 'string') throw unreadable('Field "type" must be of type String');
  if (foundTypes.has(type)) return null;
  const plain = plainTypes.find((known) => known === type);
  if (plain) return { type: plain, offset, length };
  switch (type) {
    case 'pre': {
      const language = fields.get('language');
      return { type, offset, length, ...(typeof language === 'string' && language !== '' && { language }) };
    }
    case 'text_link': {
      const url = fields.get('url');
      if (typeof url !== 'string') throw unreadable('Can\'t find field "url"');
      // A link without a valid URL is shown as plain text.
      return URL.canParse(url) ? { type, offset, length, url } : null;
    }
    case 'text_mention': {
      const user = fields.get('user');
      if (typeof user !== 'object' || user === null) throw unreadable('Can\'t find field "user"');
      return { type, offset, length, user: user as User };
    }
    case 'custom_emoji': {
      const custom_emoji_id = fields.get('custom_emoji_id');
      if (typeof custom_emoji_id !== 'string') throw unreadable('Can\'t find field "custom_emoji_id"');
      return { type, offset, length, custom_emoji_id };
    }
    default:
      throw unreadable('Unsupported type specified');
  }
}

function wholeNumber(fields: ReadonlyMap<string, unknown>, name: string): number {
  const value = fields.get(name);
  if (value === undefined) throw unreadable(`Can't find field "${name}"`);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw unreadable(`Field "${name}" must be of type Number`);
  }
  return number;
}

function unreadable(complaint: string): Error {
  return badRequest(`can't parse MessageEntity: ${complaint}`);
}

function refuseSplitPair(text: string, position: number, start: number): void {
  const before = text.charCodeAt(position - 1);
  const after = text.charCodeAt(position);
  if (before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff) {
    throw badRequest(
      position === start
        ? `entity begins in a middle of a UTF-16 symbol at UTF-16 offset ${position}`
        : `entity beginning at UTF-16 offset ${start} ends in a middle of a UTF-16 symbol at UTF-16 offset ${position}`,
    );
  }
}

const patterns = [
  ['url', /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,:;!?)\]}،؛؟]/giu],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ['mention', /(?<![\w@/])@[A-Za-z]\w{3,31}\b/gu],
  ['hashtag', /(?<![\p{L}\p{N}_#])#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*/gu],
  // Telegram finds a command after any character that is no letter, digit, slash or angle bracket: after a bracket or a
  // left-to-right mark, too (TDLib, MessageEntity.cpp, match_bot_commands).
  ['bot_command', /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{N}_/<>])/gu],
] as const;

/**
 * Returns the links, addresses, mentions, hashtags and commands in a text, except inside existing entities.
 */
export function detectEntities(text: string, marked: readonly MessageEntity[]): readonly MessageEntity[] {
  const taken = marked.filter(({ type }) => ['code', 'pre', 'text_link', 'text_mention'].includes(type));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (![...taken, ...found].some((other) => overlap(other, entity))) found.push(entity);
    }
  }
  return found;
}

function overlap(
  a: { readonly offset: number; readonly length: number },
  b: { readonly offset: number; readonly length: number },
): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

import type { ReactionType, ReactionTypeEmoji } from '@grammyjs/types';
import { badRequest } from './bot-api-error.ts';

/** The emoji that a reaction may be (ReactionTypeEmoji). */
const emojis: readonly ReactionTypeEmoji['emoji'][] = [
  '👍',
  '👎',
  '❤',
  '🔥',
  '🥰',
  '👏',
  '😁',
  '🤔',
  '🤯',
  '😱',
  '🤬',
  '😢',
  '🎉',
  '🤩',
  '🤮',
  '💩',
  '🙏',
  '👌',
  '🕊',
  '🤡',
  '🥱',
  '🥴',
  '😍',
  '🐳',
  '❤‍🔥',
  '🌚',
  '🌭',
  '💯',
  '🤣',
  '⚡',
  '🍌',
  '🏆',
  '💔',
  '🤨',
  '😐',
  '🍓',
  '🍾',
  '💋',
  '🖕',
  '😈',
  '😴',
  '😭',
  '🤓',
  '👻',
  '👨‍💻',
  '👀',
  '🎃',
  '🙈',
  '😇',
  '😨',
  '🤝',
  '✍',
  '🤗',
  '🫡',
  '🎅',
  '🎄',
  '☃',
  '💅',
  '🤪',
  '🗿',
  '🆒',
  '💘',
  '🙉',
  '🦄',
  '😘',
  '💊',
  '🙊',
  '😎',
  '👾',
  '🤷‍♂',
  '🤷',
  '🤷‍♀',
  '😡',
];

/**
 * Reads one item of setMessageReaction.
 * @throws BotApiError for anything but an emoji of the list: bots have no custom and no paid reactions
 */
export function readReaction(value: unknown): ReactionType {
  if (typeof value !== 'object' || value === null) throw unreadable('expected an Object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const type = fields.get('type');
  if (type === undefined) throw unreadable('Can\'t find field "type"');
  if (type === 'custom_emoji' || type === 'paid') throw badRequest('REACTION_INVALID');
  if (type !== 'emoji') throw unreadable('invalid reaction type specified');
  const emoji = emojis.find((known) => known === fields.get('emoji'));
  if (!emoji) throw badRequest('REACTION_INVALID');
  return { type, emoji };
}

function unreadable(complaint: string): Error {
  return badRequest(`can't parse ReactionType: ${complaint}`);
}

import type { MessageEntity } from '@grammyjs/types';
import { maxEntities } from '../limits.ts';
import { badRequest } from '../methods/bot-api-error.ts';
import { detectEntities, readEntities } from './entities.ts';

/** A text as Telegram keeps it: cleaned, trimmed, with every entity inside it. Lengths are UTF-16 units. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/**
 * Returns what Telegram makes of a text and its entities before it checks the length: control characters
 * become spaces, carriage returns and bidirectional overrides are removed, the ends are trimmed, and links,
 * mentions and commands are detected.
 * @param parseMode only '' and 'none': formatting markup is refused, since the bot sends entities
 * @throws BotApiError for invalid Unicode and for malformed entities
 */
export function formatText(raw: string, parseMode: string, entities: unknown): FormattedText {
  if (!raw.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  if (raw !== '' && !['', 'none'].includes(parseMode.toLowerCase())) {
    throw badRequest(
      /^(?:html|markdown|markdownv2)$/i.test(parseMode)
        ? `the playground does not read parse_mode ${parseMode}; send entities`
        : 'unsupported parse_mode',
    );
  }
  const given = readEntities(entities, raw);
  const { text, move } = clean(raw);
  const kept: MessageEntity[] = [];
  for (const entity of given) {
    const offset = move(entity.offset);
    const length = move(entity.offset + entity.length) - offset;
    if (length > 0) kept.push({ ...entity, offset, length });
  }
  const detected = detectEntities(text, kept);
  const all = [...kept, ...detected].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities: all.slice(0, maxEntities) };
}

/** Returns the cleaned text, and a function that maps a position of the raw text to it. */
function clean(raw: string): { readonly text: string; readonly move: (position: number) => number } {
  const positions: number[] = [];
  let cleaned = '';
  for (let index = 0; index < raw.length; index += 1) {
    positions.push(cleaned.length);
    const unit = raw.charCodeAt(index);
    // tdlib, clean_input_string: \r is skipped as are U+2028…U+202E; other control characters become spaces.
    if (unit === 0x0d || (unit >= 0x2028 && unit <= 0x202e)) continue;
    cleaned += unit < 0x20 && unit !== 0x0a ? ' ' : raw.charAt(index);
  }
  positions.push(cleaned.length);
  const text = cleaned.trim();
  const cut = cleaned.length - cleaned.trimStart().length;
  return {
    text,
    move: (position) => Math.min(Math.max((positions[position] ?? cleaned.length) - cut, 0), text.length),
  };
}

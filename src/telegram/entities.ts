import type { MessageEntity } from 'grammy/types';
import type { AnswerText } from '../domain/answer-text.ts';

/**
 * Returns the formatting of a message with a transcript's text; offsets are UTF-16 units (Bot API, `MessageEntity`).
 */
export function entitiesOf({ text, isQuote, marks = [] }: AnswerText): MessageEntity[] {
  return [
    ...(isQuote ? [{ type: 'expandable_blockquote', offset: 0, length: text.length } as const] : []),
    ...marks.map(({ from, to }) => ({ type: 'underline', offset: from, length: to - from }) as const),
  ];
}

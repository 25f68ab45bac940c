import type { InlineQueryResultsButton, InputTextMessageContent } from '@grammyjs/types';
import type { MessageContent } from '../conversation.ts';
import { maxInlineOffsetBytes, maxInlineResultIdBytes, maxInlineResults } from '../limits.ts';
import type { InlineAnswer, InlineResult } from '../updates/answers.ts';
import { badRequest } from './bot-api-error.ts';
import { textContent } from './content.ts';
import { asObject } from './json-object.ts';
import type { Parameters } from './parameters.ts';

/**
 * Reads the parameters of answerInlineQuery.
 * @throws BotApiError in Telegram's words when they are malformed
 */
export function readInlineAnswer(parameters: Parameters): InlineAnswer {
  const results = parameters.jsonOr('results', "can't parse JSON encoded inline query results") ?? [];
  if (!Array.isArray(results)) throw badRequest('expected an Array of InlineQueryResult');
  if (results.length > maxInlineResults) throw badRequest('RESULTS_TOO_MUCH');
  const read = results.map(readResult);
  if (new Set(read.map(({ id }) => id)).size < read.length) throw badRequest('RESULT_ID_DUPLICATE');
  const nextOffset = parameters.text('next_offset');
  if (Buffer.byteLength(nextOffset) > maxInlineOffsetBytes) throw badRequest('NEXT_OFFSET_INVALID');
  const button = readButton(
    parameters.jsonOr('button', "can't parse inline query results button JSON object"),
  );
  return {
    results: read,
    is_personal: parameters.flag('is_personal'),
    cache_time: parameters.integer('cache_time', 300, 0, 24 * 60 * 60),
    next_offset: nextOffset,
    ...(button && { button }),
  };
}

function readResult(value: unknown): InlineResult {
  const result = asObject(value);
  if (!result) throw badRequest("can't parse inline query result: InlineQueryResult must be an Object");
  if (result.get('type') !== 'article') throw badRequest("can't parse inline query result: unsupported type");
  const id = stringOf(result.get('id'));
  const size = Buffer.byteLength(id);
  if (size === 0 || size > maxInlineResultIdBytes) throw badRequest('RESULT_ID_INVALID');
  const title = stringOf(result.get('title'));
  if (title.trim() === '') throw badRequest('ARTICLE_TITLE_EMPTY');
  const description = stringOf(result.get('description'));
  return {
    type: 'article',
    id,
    title,
    ...(description !== '' && { description }),
    message: readMessage(result.get('input_message_content')),
  };
}

function readMessage(value: unknown): MessageContent {
  const content = asObject(value);
  if (!content?.has('message_text' satisfies keyof InputTextMessageContent)) {
    throw badRequest('can\'t parse inline query result: Can\'t find field "message_text"');
  }
  return textContent(
    stringOf(content.get('message_text')),
    stringOf(content.get('parse_mode')),
    content.get('entities'),
  );
}

function readButton(value: unknown): InlineQueryResultsButton | undefined {
  const button = asObject(value);
  if (!button) return undefined;
  const text = stringOf(button.get('text'));
  const start = stringOf(button.get('start_parameter'));
  if (text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID');
  if (!/^[\w-]{1,64}$/.test(start)) throw badRequest('START_PARAM_INVALID');
  return { text, start_parameter: start };
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

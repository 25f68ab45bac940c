import type { Method } from '../core.ts';
import { maxCallbackAnswerLength } from '../limits.ts';
import { badRequest } from './bot-api-error.ts';

const answerCallbackQuery: Method = (core, parameters) => {
  const text = parameters.text('text');
  if (!text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  if ([...text].length > maxCallbackAnswerLength) throw badRequest('MESSAGE_TOO_LONG');
  const url = parameters.text('url');
  // Only t.me links with a start parameter and game addresses are let through.
  if (url !== '' && !/^(?:https?:\/\/)?t\.me\/|^tg:\/\//i.test(url)) throw badRequest('URL_INVALID');
  core.callbacks.answer(parameters.text('callback_query_id'), {
    ...(text !== '' && { text }),
    ...(parameters.flag('show_alert') && { show_alert: true }),
    ...(url !== '' && { url }),
  });
  return { result: true };
};

/** Nobody can send an inline query here, so no id is ever known. */
const answerInlineQuery: Method = (_core, parameters) => {
  const results = parameters.jsonOr('results', "can't parse JSON encoded inline query results");
  if (!Array.isArray(results ?? [])) throw badRequest('expected an Array of InlineQueryResult');
  throw badRequest('query is too old and response timeout expired or query ID is invalid');
};

/** The methods that answer what a person pressed or typed. */
export const answerMethods = { answerCallbackQuery, answerInlineQuery } as const;

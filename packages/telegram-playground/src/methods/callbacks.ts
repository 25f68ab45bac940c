import type { Method } from '../core.ts';
import { maxCallbackAnswerLength } from '../limits.ts';
import { badRequest } from './bot-api-error.ts';
import { readInlineAnswer } from './inline-results.ts';

const answerCallbackQuery: Method = (core, parameters) => {
  const text = parameters.text('text');
  if (!text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  if ([...text].length > maxCallbackAnswerLength) throw badRequest('MESSAGE_TOO_LONG');
  const url = parameters.text('url');
  // Telegram accepts only t.me links with a start parameter and game URLs.
  if (url !== '' && !/^(?:https?:\/\/)?t\.me\/|^tg:\/\//i.test(url)) throw badRequest('URL_INVALID');
  core.callbacks.answer(parameters.text('callback_query_id'), {
    ...(text !== '' && { text }),
    ...(parameters.flag('show_alert') && { show_alert: true }),
    ...(url !== '' && { url }),
  });
  return { result: true };
};

const answerInlineQuery: Method = (core, parameters) => {
  core.inlineQueries.answer(parameters.text('inline_query_id'), readInlineAnswer(parameters));
  return { result: true };
};

/** The methods that answer a press or an inline query. */
export const answerMethods = { answerCallbackQuery, answerInlineQuery } as const;

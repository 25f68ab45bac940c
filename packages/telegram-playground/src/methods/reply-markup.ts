import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types';
import { maxCallbackDataBytes, maxInlineButtons } from '../limits.ts';
import { badRequest } from './bot-api-error.ts';
import { asObject } from './json-object.ts';
import type { Parameters } from './parameters.ts';

/** The keyboard of a call. */
export interface ReplyMarkup {
  /** Undefined when there is none, or when it has no buttons. */
  readonly inline: InlineKeyboardMarkup | undefined;
  /** True for keyboards under the input field, which freeze the message. */
  readonly replyKeyboard: boolean;
}

/** Actions of a button; exactly one of these fields has to be there. */
const actions = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
] as const;

/**
 * Reads `reply_markup`.
 * @throws BotApiError in Telegram's words when it is malformed
 */
export function readReplyMarkup(parameters: Parameters): ReplyMarkup {
  const value = parameters.jsonOr('reply_markup', "can't parse reply keyboard markup JSON object");
  if (value === undefined) return { inline: undefined, replyKeyboard: false };
  const markup = asObject(value);
  if (!markup) throw badRequest('object expected as reply markup');
  const rows = markup.get('inline_keyboard');
  if (rows !== undefined) return { inline: readInlineKeyboard(rows), replyKeyboard: false };
  const replyKeyboard = ['keyboard', 'remove_keyboard', 'force_reply'].some((name) => markup.has(name));
  return { inline: undefined, replyKeyboard };
}

/** Reads `reply_markup` of an edit, which may only be an inline keyboard. */
export function readInlineMarkup(parameters: Parameters): InlineKeyboardMarkup | undefined {
  const { inline, replyKeyboard } = readReplyMarkup(parameters);
  if (replyKeyboard) throw badRequest('inline keyboard expected');
  return inline;
}

function readInlineKeyboard(rows: unknown): InlineKeyboardMarkup | undefined {
  if (!Array.isArray(rows))
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array');
  const keyboard: InlineKeyboardButton[][] = [];
  for (const row of rows) {
    if (!Array.isArray(row)) {
      throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
    }
    if (row.length > 0) keyboard.push(row.map(readButton));
  }
  if (keyboard.flat().length > maxInlineButtons) throw badRequest('REPLY_MARKUP_TOO_LONG');
  return keyboard.length === 0 ? undefined : { inline_keyboard: keyboard };
}

function readButton(value: unknown): InlineKeyboardButton {
  const button = asObject(value);
  if (!button) throw unreadable('InlineKeyboardButton must be an Object');
  const text = button.get('text');
  if (text === undefined) throw unreadable('Can\'t find field "text"');
  if (typeof text !== 'string') throw unreadable('Field "text" must be of type String');
  if (text.trim() === '') throw badRequest('inline keyboard button text must be non-empty');

  const present = actions.filter((name) => button.has(name));
  const [action] = present;
  if (action === undefined) throw unreadable('Text buttons are unallowed in the inline keyboard');
  if (present.length > 1) throw badRequest('BUTTON_TYPE_INVALID');

  switch (action) {
    case 'callback_data': {
      const callback_data = textField(button, action);
      const bytes = Buffer.byteLength(callback_data);
      if (bytes === 0) throw unreadable('Text buttons are unallowed in the inline keyboard');
      if (bytes > maxCallbackDataBytes || !callback_data.isWellFormed())
        throw badRequest('BUTTON_DATA_INVALID');
      return { text, callback_data };
    }
    case 'url': {
      const url = textField(button, action);
      if (!isButtonUrl(url)) {
        throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
      }
      return { text, url };
    }
    case 'switch_inline_query':
      return { text, switch_inline_query: textField(button, action) };
    case 'switch_inline_query_current_chat':
      return { text, switch_inline_query_current_chat: textField(button, action) };
    case 'copy_text': {
      const copied = asObject(button.get(action))?.get('text');
      // 1-256 characters (CopyTextButton).
      if (typeof copied !== 'string' || copied.length < 1 || copied.length > 256) {
        throw badRequest('BUTTON_COPY_TEXT_INVALID');
      }
      return { text, copy_text: { text: copied } };
    }
    default:
      // Games, payments, web apps and logins need services that the playground does not have.
      throw badRequest('BUTTON_TYPE_INVALID');
  }
}

function textField(button: ReadonlyMap<string, unknown>, name: string): string {
  const value = button.get(name);
  if (typeof value !== 'string') throw unreadable(`Field "${name}" must be of type String`);
  return value;
}

function isButtonUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'tg:') return true;
  // Telegram refuses hosts without a dot.
  return (protocol === 'https:' || protocol === 'http:') && hostname.includes('.');
}

function unreadable(complaint: string): Error {
  return badRequest(`can't parse inline keyboard button: ${complaint}`);
}

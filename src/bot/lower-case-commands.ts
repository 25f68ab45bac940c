import type { NextFunction } from 'grammy';
import type { BotContext } from './context.ts';

/**
 * Rewrites a command at the beginning of a message in lower case, because grammY compares names exactly and keyboards
 * of phones begin a message with a capital letter: `/QUEUE` works as `/queue`. The words after the command stay as they
 * are.
 */
export async function writeCommandsInLowerCase(ctx: BotContext, next: NextFunction): Promise<void> {
  const { message } = ctx.update;
  const command = message?.entities?.find(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (message?.text !== undefined && command !== undefined) {
    const { length } = command;
    const text = message.text.slice(0, length).toLowerCase() + message.text.slice(length);
    // A copy, because another handling of the same update may still read the message.
    if (text !== message.text) ctx.update.message = { ...message, text } as typeof message;
  }
  await next();
}

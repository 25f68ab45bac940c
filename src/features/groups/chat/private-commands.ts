import type { Message } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import type { Menus } from '../../../bot/menus.ts';

/** Commands that the bot answers in a group with the introduction that it also sends on arrival. */
const helpful = ['help', 'start'];

/**
 * Answers a command that names the bot (`/history@dabir_bot`) and belongs in the private chat with
 * a link to that chat. Ignores a command without a name, which may be for another bot.
 */
export async function pointToPrivateChat(ctx: BotContext, message: Message, menus: Menus): Promise<void> {
  const [, command = '', name] = /^\/(\w+)@(\w+)/.exec(message.text ?? '') ?? [];
  if (name?.toLowerCase() !== ctx.me.username.toLowerCase()) return;
  const reply_parameters = { message_id: message.message_id, allow_sending_without_reply: true };
  if (helpful.includes(command)) {
    await ctx.reply(ctx.say('groups-hello'), { reply_parameters });
    return;
  }
  const parameter = menus.offers(command) ? `?start=${command}` : '';
  const url = `https://t.me/${ctx.me.username}${parameter}`;
  await ctx.reply(ctx.say('groups-private'), {
    reply_parameters,
    reply_markup: { inline_keyboard: [[{ text: ctx.say('groups-button-private'), url }]] },
  });
}

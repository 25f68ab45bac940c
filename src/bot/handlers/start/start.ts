import { Composer } from 'grammy';
import type { Links } from '../../../features/links/index.ts';
import { isolate } from '../../../texts/format.ts';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { helpPress, renderHelp } from './help.ts';

/** What Telegram sends when somebody opens the bot from a chat of their account that the bot is connected to. */
const fromConnectedChat = /^bizChat-?\d{1,20}$/;

/** /start and /help. A link `t.me/BOT?start=COMMAND` works as if the user had sent that command. */
export const startFeature: Feature<{ readonly links: Links }> = {
  commands: { private: ['start', 'help'] },
  install({ menus, links }) {
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    chat.command('start', async (ctx, next) => {
      const command = fromConnectedChat.test(ctx.match) ? 'secretary' : ctx.match;
      if (!menus.offers(command)) {
        await ctx.reply(ctx.say('start', { name: isolate(ctx.from.first_name) }));
        return;
      }
      const text = `/${command}`;
      const entities = [{ type: 'bot_command', offset: 0, length: text.length } as const];
      ctx.update.message = { ...ctx.message, text, entities };
      await next();
    });
    chat.command('help', async (ctx) => {
      const { text, reply_markup } = renderHelp(ctx, { menus, links }, 'main');
      await ctx.reply(text, { reply_markup });
    });
    chat.callbackQuery(helpPress, async (ctx) => {
      await ctx.answerCallbackQuery();
      const { text, reply_markup } = renderHelp(ctx, { menus, links }, ctx.match[1] ?? '');
      // Telegram refuses an edit that changes nothing.
      await ctx.editMessageText(text, { reply_markup }).catch(() => undefined);
    });
    return composer;
  },
};

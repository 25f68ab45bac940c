import { Composer } from 'grammy';
import { isolate } from '../../../texts/format.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** /start and /help. A link `t.me/BOT?start=COMMAND` is as if the person had written that command. */
export const startFeature: Feature = {
  commands: { private: ['start', 'help'] },
  install({ menus }) {
    const composer = new Composer<BotContext>();
    const chat = composer.chatType('private');
    chat.command('start', async (ctx, next) => {
      if (!menus.offers(ctx.match)) {
        await ctx.reply(ctx.say('start', { name: isolate(ctx.from.first_name) }));
        return;
      }
      const text = `/${ctx.match}`;
      const entities = [{ type: 'bot_command', offset: 0, length: text.length } as const];
      ctx.update.message = { ...ctx.message, text, entities };
      await next();
    });
    chat.command('help', (ctx) =>
      ctx.reply([ctx.say('help'), '', ...menus.lines(languageOf(ctx))].join('\n')),
    );
    return composer;
  },
};

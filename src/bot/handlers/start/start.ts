import { Composer } from 'grammy';
import type { Links } from '../../../features/links/index.ts';
import { isolate } from '../../../texts/format.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** /start and /help. A link `t.me/BOT?start=COMMAND` works as if the user had sent that command. */
export const startFeature: Feature<{ readonly links: Links }> = {
  commands: { private: ['start', 'help'] },
  install({ menus, links }) {
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
    chat.command('help', (ctx) => {
      const besides = links.areOn ? ['links-help', 'groups-help'] : ['groups-help'];
      const lines = ['help', ...besides].map((key) => ctx.say(key));
      return ctx.reply([...lines, '', ...menus.lines(languageOf(ctx))].join('\n'));
    });
    return composer;
  },
};

import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import type { Accounts } from '../../accounts/index.ts';

/** The button under a broadcast: it stops further broadcasts to the user, or allows them again. */
export const muteBroadcastsFeature: Feature<{ readonly accounts: Accounts }> = {
  install({ accounts }) {
    const composer = new Composer<BotContext>();
    composer.callbackQuery(/^broadcasts:(on|off)$/, async (ctx) => {
      const wanted = ctx.match[1] === 'on';
      const changed = await accounts.setWantsBroadcasts(ctx.from.id, wanted);
      await ctx.answerCallbackQuery(ctx.say(wanted ? 'broadcasts-on' : 'broadcasts-off'));
      if (!changed) return;
      const other = wanted ? 'off' : 'on';
      const button = {
        text: ctx.say(`button-broadcasts-${other}`),
        callback_data: `broadcasts:${other}`,
      };
      await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard: [[button]] } });
    });
    return composer;
  },
};

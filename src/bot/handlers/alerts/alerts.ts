import { Composer } from 'grammy';
import type { Watch } from '../../../app/monitoring/notify-admins.ts';
import { type AccessRules, isAdmin } from '../../../domain/account.ts';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';

type AlertsDependencies = { readonly access: AccessRules; readonly watch: Watch };

const dayMs = 24 * 3_600_000;

/**
 * The button under a notice of a standstill: it mutes all notices for this admin for a day, or
 * unmutes them.
 */
export const alertsFeature: Feature<AlertsDependencies> = {
  install({ access, watch }) {
    const composer = new Composer<BotContext>();
    composer.callbackQuery(/^alerts:(on|off)$/, async (ctx, next) => {
      if (!isAdmin(ctx.account, access)) return next();
      const wanted = ctx.match[1] === 'on';
      await watch.mute(ctx.from.id, wanted ? null : dayMs);
      await ctx.answerCallbackQuery(ctx.say(wanted ? 'alerts-on' : 'alerts-off'));
      const other = wanted ? 'off' : 'on';
      const button = { text: ctx.say(`button-alerts-${other}`), callback_data: `alerts:${other}` };
      await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard: [[button]] } });
    });
    return composer;
  },
};

import { Composer } from 'grammy';
import { effectiveQuota } from '../../../domain/quota.ts';
import { usageLines } from '../../../texts/usage.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** /usage: what the person has used of their minutes, and what engines asked for it. */
export const usageFeature: Feature = {
  commands: { private: ['usage'] },
  install(dependencies) {
    const { accounts, usualQuota, timeZone, texts } = dependencies;
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('usage', async (ctx) => {
      const quota = effectiveQuota(ctx.account.quota, usualQuota);
      const lines = usageLines(texts, languageOf(ctx), await accounts.spent(ctx.from.id), quota);
      if (quota.minutesADay !== null || quota.minutesAMonth !== null) {
        lines.push('', ctx.say('usage-when', { zone: timeZone }));
      }
      // Whoever wants something of the operator is asked for it.
      lines.push('', ctx.say('usage-id', { id: String(ctx.account.id) }));
      await ctx.reply(lines.join('\n'));
    });
    return composer;
  },
};

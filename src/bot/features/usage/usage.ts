import { Composer } from 'grammy';
import { effectiveQuota } from '../../../domain/quota.ts';
import { usageLines } from '../../../texts/usage.ts';
import { type BotContext, type BotDependencies, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';

type UsageDependencies = Pick<BotDependencies, 'accounts' | 'usualQuota' | 'timeZone' | 'texts'>;

/** /usage: the minutes that the user has used, and what the engines cost. */
export const usageFeature: Feature<UsageDependencies> = {
  commands: { private: ['usage'] },
  install({ accounts, usualQuota, timeZone, texts }) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('usage', async (ctx) => {
      const quota = effectiveQuota(ctx.account.quota, usualQuota);
      const lines = usageLines(texts, languageOf(ctx), await accounts.spent(ctx.from.id), quota);
      if (quota.minutesADay !== null || quota.minutesAMonth !== null) {
        lines.push('', ctx.say('usage-when', { zone: timeZone }));
      }
      // Users give this id to the operator when they ask for access or a higher quota.
      lines.push('', ctx.say('usage-id', { id: String(ctx.account.id) }));
      await ctx.reply(lines.join('\n'));
    });
    return composer;
  },
};

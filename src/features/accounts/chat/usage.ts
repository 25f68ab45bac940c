import { Composer } from 'grammy';
import type { LanguageModelProfile } from '../../../app/ports/language-model.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { type DefaultQuota, effectiveQuota } from '../../../domain/quota.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { BudgetLimits, Spends } from '../../understanding/index.ts';
import type { Accounts } from '../store/accounts.ts';
import { modelLines, usageLines } from '../usage-lines.ts';

type UsageDependencies = {
  readonly accounts: Accounts;
  readonly defaultQuota: DefaultQuota;
  /** IANA time zone in which days begin and end. */
  readonly timeZone: string;
  readonly texts: Texts;
  /** Null: there is no language model. */
  readonly languageModelProfile: LanguageModelProfile | null;
  readonly spends: Spends;
  readonly budget: BudgetLimits;
};

/** /usage: the minutes that the user has used, and what the engines cost. */
export const usageFeature: Feature<UsageDependencies> = {
  commands: { private: ['usage'] },
  install({ accounts, defaultQuota, timeZone, texts, languageModelProfile, spends, budget }) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('usage', async (ctx) => {
      const quota = effectiveQuota(ctx.account.quota, defaultQuota);
      const lines = usageLines(texts, languageOf(ctx), await accounts.spent(ctx.from.id), quota);
      if (languageModelProfile?.price != null) {
        const { currency } = languageModelProfile.price;
        const spent = await spends.spentFor(ctx.from.id);
        lines.push(...modelLines(texts, languageOf(ctx), spent, budget, currency));
      }
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

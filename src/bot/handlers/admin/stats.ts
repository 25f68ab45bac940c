import { Composer } from 'grammy';
import type { Figures, Totals } from '../../../app/admin/figures.ts';
import { formatDuration, formatMoney } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { BotContext } from '../../context.ts';

/** Maximum number of open transcriptions that are counted. */
const maxOpen = 10_000;

/**
 * Creates the handler of `/stats`: the bot's totals for today and for seven days, and the number of
 * open transcriptions.
 */
export function createStatsFeature({
  figures,
  texts,
}: {
  readonly figures: Figures;
  readonly texts: Texts;
}): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const words = (ctx: BotContext, { files, seconds, users, failures, costs }: Totals) => {
    const language = ctx.account.languageCode;
    return [
      ctx.say('usage-files', { files }),
      formatDuration(texts, language, seconds),
      ctx.say('admin-chat-users', { users }),
      ctx.say('admin-chat-failures', { failures }),
      ...costs.map((cost) => formatMoney(texts, language, cost)),
    ].join(' · ');
  };
  composer.command('stats', async (ctx) => {
    const [today, week, open] = await Promise.all([
      figures.totals(1),
      figures.totals(7),
      figures.countOpen(maxOpen),
    ]);
    const lines = [
      ctx.say('admin-chat-today', { totals: words(ctx, today) }),
      ctx.say('admin-chat-week', { totals: words(ctx, week) }),
      ctx.say('admin-chat-open', { files: open, many: open === maxOpen ? 'yes' : 'no' }),
    ];
    await ctx.reply(lines.join('\n'));
  });
  return composer;
}

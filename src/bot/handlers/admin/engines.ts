import { Composer } from 'grammy';
import type { EngineFigures, Figures } from '../../../app/admin/figures.ts';
import type { EngineReports } from '../../../app/ports/engine-reports.ts';
import { engineNames } from '../../../domain/engine-names.ts';
import { textLanguage } from '../../../domain/languages.ts';
import { formatDuration, formatPercent, isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { BotContext } from '../../context.ts';

export type EnginesDependencies = {
  readonly figures: Figures;
  readonly reports: EngineReports;
  readonly texts: Texts;
};

/** Creates the handler of `/engines`: the state of each engine, its success rate and its real-time factor. */
export function createEnginesFeature({ figures, reports, texts }: EnginesDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const line = (
    ctx: BotContext,
    { engine, readiness, success }: EngineFigures,
    realTimeFactor: number | null,
  ) => {
    const language = ctx.account.languageCode;
    const reason = readiness.state === 'unavailable' ? ctx.say(`engine-unavailable-${readiness.cause}`) : '';
    return [
      `${isolate(engineNames[engine][textLanguage(language)])}: ${ctx.say(`admin-chat-engine-${readiness.state}`, { reason })}`,
      ...(success === null
        ? []
        : [ctx.say('admin-chat-success', { share: formatPercent(texts, language, success) })]),
      ...(realTimeFactor === null
        ? []
        : [ctx.say('admin-chat-speed', { time: formatDuration(texts, language, realTimeFactor * 60) })]),
    ].join(' · ');
  };
  composer.command('engines', async (ctx) => {
    const engines = await figures.engines();
    const lines = await Promise.all(
      engines.map(async (figure) => line(ctx, figure, await reports.realTimeFactor(figure.engine))),
    );
    await ctx.reply(lines.length === 0 ? ctx.say('admin-chat-no-engines') : lines.join('\n'));
  });
  return composer;
}

import { Composer } from 'grammy';
import type { FailureGroup, Figures } from '../../../app/admin/figures.ts';
import { engineNames, isEngineId } from '../../../domain/engine-names.ts';
import { textLanguage } from '../../../domain/languages.ts';
import { formatDateTime, isolate } from '../../../texts/format.ts';
import type { BotContext } from '../../context.ts';

export type ReportDependencies = {
  readonly figures: Figures;
  /** IANA time zone of the times. */
  readonly timeZone: string;
};

/**
 * Creates the handler of `/report`: the failures of the last seven days, grouped by error code and
 * engine.
 */
export function createReportFeature({ figures, timeZone }: ReportDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const line = (ctx: BotContext, { code, engine, count, last }: FailureGroup) => {
    const language = ctx.account.languageCode;
    const name = isEngineId(engine) ? engineNames[engine][textLanguage(language)] : engine;
    return ctx.say('admin-chat-failure', {
      count,
      // The same code as in the log and the documentation.
      code: isolate(code),
      engine: isolate(name),
      last: formatDateTime(language, last, timeZone),
    });
  };
  composer.command('report', async (ctx) => {
    const groups = await figures.failures();
    const lines = groups.map((group) => line(ctx, group));
    await ctx.reply(
      lines.length === 0
        ? ctx.say('admin-chat-no-failures')
        : [ctx.say('admin-chat-report'), ...lines].join('\n'),
    );
  });
  return composer;
}

import { Composer } from 'grammy';
import type { Settings } from '../../../app/ports/settings.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { type ReaderDependencies, readerOf } from '../../../bot/reader.ts';
import { parseTranscriptionId } from '../../../domain/ids.ts';
import { searchHistory } from '../search-history.ts';
import type { History } from '../store.ts';
import { resultOf } from './inline-view.ts';

type InlineDependencies = ReaderDependencies & {
  readonly history: History;
  readonly settings: Pick<Settings, 'documents'>;
};

/** Number of results at a time; Telegram asks for more when the user scrolls. */
const onPage = 10;

/**
 * Inline mode: `@bot words` in any chat finds the user's own transcripts; a chosen one becomes a
 * message there.
 */
export const inlineFeature: Feature<InlineDependencies> = {
  install(dependencies) {
    const { history, settings } = dependencies;
    const composer = new Composer<BotContext>();
    composer.on('inline_query', async (ctx) => {
      const { query, offset } = ctx.inlineQuery;
      const id = parseTranscriptionId(offset);
      const from = id === undefined ? null : ({ direction: 'older', id } as const);
      const [page, documents] = await Promise.all([
        searchHistory(history, ctx.from.id, { query, from, limit: onPage, longExcerpts: true }),
        settings.documents(ctx.from.id),
      ]);
      const reader = readerOf(dependencies, ctx, documents);
      const results = page.entries.map((entry) => resultOf(reader, entry, page.words ?? [], documents));
      const last = page.entries.at(-1);
      await ctx.answerInlineQuery(results, {
        // The results are the user's own, and change with every transcript.
        is_personal: true,
        cache_time: 0,
        next_offset: page.more && last !== undefined ? String(last.id) : '',
        button: {
          text: ctx.say(results.length > 0 || from !== null ? 'inline-more' : 'inline-none'),
          start_parameter: 'history',
        },
      });
    });
    // A result chosen in the chat with the bot arrives as a message, which needs no answer.
    composer.on('message').filter(
      (ctx) => ctx.message.via_bot?.id === ctx.me.id,
      () => undefined,
    );
    return composer;
  },
};

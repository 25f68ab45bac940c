import { Composer } from 'grammy';
import { searchHistory } from '../../../app/history/search-history.ts';
import { parseTranscriptionId } from '../../../domain/ids.ts';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { readerOf } from '../../reader.ts';
import { resultOf } from './view.ts';

/** Results at a time; whoever scrolls gets more. */
const onPage = 10;

/** `@bot words` in any chat: finds the person's own transcripts and nobody else's; a chosen one becomes a message there. */
export const inlineFeature: Feature = {
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
      const reader = readerOf(dependencies, ctx);
      const results = page.entries.map((entry) => resultOf(reader, entry, page.words ?? [], documents));
      const last = page.entries.at(-1);
      await ctx.answerInlineQuery(results, {
        // What is found is theirs alone, and changes with every file.
        is_personal: true,
        cache_time: 0,
        next_offset: page.more && last !== undefined ? String(last.id) : '',
        button: {
          text: ctx.say(results.length > 0 || from !== null ? 'inline-more' : 'inline-none'),
          start_parameter: 'history',
        },
      });
    });
    // A result that was chosen in the chat with the bot comes back as a message: there is nothing to say to it.
    composer.on('message').filter(
      (ctx) => ctx.message.via_bot?.id === ctx.me.id,
      () => undefined,
    );
    return composer;
  },
};

import { type DeleteDependencies, deleteFile } from '../../../app/lane/delete-file.ts';
import type { Deliveries } from '../../../app/ports/deliveries.ts';
import { languageOf } from '../../../bot/context.ts';
import { readerOf } from '../../../bot/reader.ts';
import type { HistoryEntry } from '../store.ts';
import { renderDeleting, renderHistoryEntry } from './entry-view.ts';
import { type HistoryContext, renderListPage, type ShowDependencies, showInPlace } from './show.ts';

export type HistoryDependencies = ShowDependencies &
  DeleteDependencies & { readonly deliveries: Pick<Deliveries, 'add'> };

type Handler = (
  dependencies: HistoryDependencies,
  ctx: HistoryContext,
  entry: HistoryEntry,
  query: string | null,
) => Promise<void>;

/**
 * Handlers of the buttons about one transcript. The database has already checked that it is the
 * user's own.
 */
export const entryPresses = {
  async open(dependencies, ctx, entry) {
    await ctx.answerCallbackQuery();
    const documents = await dependencies.settings.documents(ctx.from.id);
    await showInPlace(ctx, renderHistoryEntry(readerOf(dependencies, ctx, documents), entry, documents));
  },
  async files({ settings, deliveries }, ctx, { id, isPrivate }) {
    const choice = await settings.documents(ctx.from.id);
    // A user who attaches no documents by default still wants one here.
    const formats = choice.formats.length > 0 ? choice.formats : (['txt'] as const);
    const added = await deliveries.add(id, ctx.from.id, { kind: 'album', payload: { ...choice, formats } });
    ctx.confirmUpdate();
    const answer = isPrivate ? 'answer-on-its-way' : 'history-files-in-group';
    await ctx.answerCallbackQuery(ctx.say(added === 'unknown' ? 'answer-unknown' : answer));
  },
  async delete(dependencies, ctx, entry) {
    await ctx.answerCallbackQuery();
    const documents = await dependencies.settings.documents(ctx.from.id);
    await showInPlace(ctx, renderDeleting(readerOf(dependencies, ctx, documents), entry));
  },
  async erase(dependencies, ctx, { id }, query) {
    const file = await dependencies.lanes.find(id, ctx.from.id);
    if (file !== null) {
      const { followUp } = await deleteFile(
        dependencies,
        { ...file, languageCode: languageOf(ctx) },
        ctx.from.id,
      );
      ctx.confirmUpdate();
      await followUp();
    }
    await ctx.answerCallbackQuery(ctx.say('answer-deleted'));
    await showInPlace(ctx, await renderListPage(dependencies, ctx, query, null));
  },
} as const satisfies Readonly<Record<string, Handler>>;

export type EntryAction = keyof typeof entryPresses;

import type { User } from 'grammy/types';
import type { Settings } from '../../../app/ports/settings.ts';
import type { BotContext } from '../../../bot/context.ts';
import { type ReaderDependencies, readerOf } from '../../../bot/reader.ts';
import type { Erasures } from '../../my-data/index.ts';
import { searchHistory } from '../search-history.ts';
import type { History, PageEdge } from '../store.ts';
import { renderHistoryList } from './list-view.ts';
import type { HistoryMessage } from './view.ts';

/** Number of transcripts on a page. */
const onPage = 5;

export type HistoryContext = BotContext & { readonly from: User };

export type ShowDependencies = ReaderDependencies & {
  readonly history: History;
  readonly settings: Pick<Settings, 'documents'>;
  readonly erasures: Pick<Erasures, 'recordMessage'>;
};

/** Returns a page of a user's history, or of a search in it. */
export async function renderListPage(
  dependencies: ShowDependencies,
  ctx: HistoryContext,
  query: string | null,
  from: PageEdge | null,
): Promise<HistoryMessage> {
  const [page, documents] = await Promise.all([
    searchHistory(dependencies.history, ctx.from.id, { query, from, limit: onPage }),
    dependencies.settings.documents(ctx.from.id),
  ]);
  return renderHistoryList(readerOf(dependencies, ctx, documents), { page, query, from, documents });
}

/** Sends the history as a new message at the end of the chat, and deletes the previous one. */
export async function sendHistory(
  dependencies: ShowDependencies,
  ctx: HistoryContext,
  query: string | null,
): Promise<void> {
  const { history } = dependencies;
  const before = await history.view(ctx.from.id);
  const { text, entities, rows } = await renderListPage(dependencies, ctx, query, null);
  const message = await ctx.reply(text, { entities, reply_markup: { inline_keyboard: [...rows] } });
  await history.setView(ctx.from.id, { messageId: message.message_id, query, promptId: null });
  await dependencies.erasures.recordMessage(ctx.from.id, message.message_id);
  const past = [before?.messageId, before?.promptId].filter((id) => id != null);
  // Telegram refuses to delete messages older than two days.
  if (past.length > 0) await ctx.deleteMessages(past).catch(() => undefined);
}

/** Shows a view in the message whose button was pressed. */
export async function showInPlace(ctx: BotContext, { text, entities, rows }: HistoryMessage): Promise<void> {
  await ctx.editMessageText(text, { entities, reply_markup: { inline_keyboard: [...rows] } });
}

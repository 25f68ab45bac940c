import type { InlineKeyboardMarkup, User } from 'grammy/types';
import type { Settings } from '../../../app/ports/settings.ts';
import type { BotContext } from '../../../bot/context.ts';
import { type Reader, type ReaderDependencies, readerOf } from '../../../bot/reader.ts';
import type { Erasures } from '../store/erasures.ts';
import type { Retention } from '../store/retention.ts';
import {
  type MyDataPage,
  renderErasePage,
  renderExportPage,
  renderMyDataMainPage,
  renderRetentionPage,
} from './view.ts';

export type MyDataContext = BotContext & { readonly from: User };

export type PageDependencies = ReaderDependencies & {
  readonly retention: Retention;
  readonly erasures: Erasures;
  readonly settings: Pick<Settings, 'documents'>;
  /** Default retention (KEEP_TRANSCRIPTS_DAYS), in ms; null when transcripts are kept until users delete them. */
  readonly defaultRetentionMs: number | null;
};

const hourMs = 3_600_000;

type ShownPage = (dependencies: PageDependencies, ctx: MyDataContext) => Promise<MyDataPage>;

async function readerFor(dependencies: PageDependencies, ctx: MyDataContext): Promise<Reader> {
  return readerOf(dependencies, ctx, await dependencies.settings.documents(ctx.from.id));
}

const main: ShownPage = async (dependencies, ctx) => {
  const { retention, defaultRetentionMs } = dependencies;
  const [summary, hours] = await Promise.all([
    retention.summary(ctx.from.id),
    retention.retentionHours(ctx.from.id),
  ]);
  return renderMyDataMainPage(
    await readerFor(dependencies, ctx),
    summary,
    hours,
    hoursOf(defaultRetentionMs),
  );
};

/** The pages by their names, which are in the callback data of their buttons. */
const pages = {
  main,
  async retention(dependencies, ctx) {
    const hours = await dependencies.retention.retentionHours(ctx.from.id);
    return renderRetentionPage(
      await readerFor(dependencies, ctx),
      hours,
      hoursOf(dependencies.defaultRetentionMs),
    );
  },
  async export(dependencies, ctx) {
    return renderExportPage(await readerFor(dependencies, ctx));
  },
  async erase(dependencies, ctx) {
    await dependencies.erasures.ask(ctx.from.id);
    return renderErasePage(await readerFor(dependencies, ctx));
  },
  async stay(dependencies, ctx) {
    await dependencies.erasures.withdraw(ctx.from.id);
    return main(dependencies, ctx);
  },
} as const satisfies Readonly<Record<string, ShownPage>>;

export type MyDataPageName = keyof typeof pages;

/** Returns a page as the arguments of grammY's `reply` and `editMessageText`. */
export async function renderMyDataPage(
  dependencies: PageDependencies,
  ctx: MyDataContext,
  name: MyDataPageName,
) {
  const { text, rows } = await pages[name](dependencies, ctx);
  const markup: InlineKeyboardMarkup = { inline_keyboard: [...rows] };
  return [text, { reply_markup: markup }] as const;
}

function hoursOf(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.max(1, Math.round(milliseconds / hourMs));
}

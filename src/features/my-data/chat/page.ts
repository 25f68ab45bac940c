import type { InlineKeyboardMarkup, User } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { type ReaderDependencies, readerOf } from '../../../bot/reader.ts';
import type { Erasures } from '../store/erasures.ts';
import type { Retention } from '../store/retention.ts';
import { exportPage, forgetPage, keepPage, type MyDataPage, myDataMainPage } from './view.ts';

export type MyDataContext = BotContext & { readonly from: User };

export type PageDependencies = ReaderDependencies & {
  readonly keeping: Retention;
  readonly forgetting: Erasures;
  /** The operator's retention, in ms; null when transcripts are kept until users delete them. */
  readonly keptForMs: number | null;
};

const hourMs = 3_600_000;

type ShownPage = (dependencies: PageDependencies, ctx: MyDataContext) => Promise<MyDataPage>;

const main: ShownPage = async (dependencies, ctx) => {
  const { keeping, keptForMs } = dependencies;
  const [belongings, keep] = await Promise.all([
    keeping.summary(ctx.from.id),
    keeping.keepHours(ctx.from.id),
  ]);
  return myDataMainPage(readerOf(dependencies, ctx), belongings, keep, hoursOf(keptForMs));
};

/** The pages by their names, which are in the callback data of their buttons. */
const pages = {
  main,
  async keep(dependencies, ctx) {
    const keep = await dependencies.keeping.keepHours(ctx.from.id);
    return keepPage(readerOf(dependencies, ctx), keep, hoursOf(dependencies.keptForMs));
  },
  async export(dependencies, ctx) {
    return exportPage(readerOf(dependencies, ctx));
  },
  async forget(dependencies, ctx) {
    await dependencies.forgetting.ask(ctx.from.id);
    return forgetPage(readerOf(dependencies, ctx));
  },
  async stay(dependencies, ctx) {
    await dependencies.forgetting.withdraw(ctx.from.id);
    return main(dependencies, ctx);
  },
} as const satisfies Readonly<Record<string, ShownPage>>;

export type MyDataPageName = keyof typeof pages;

/** Returns a page as the arguments of grammY's `reply` and `editMessageText`. */
export async function pageFor(dependencies: PageDependencies, ctx: MyDataContext, name: MyDataPageName) {
  const { text, rows } = await pages[name](dependencies, ctx);
  const markup: InlineKeyboardMarkup = { inline_keyboard: [...rows] };
  return [text, { reply_markup: markup }] as const;
}

function hoursOf(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.max(1, Math.round(milliseconds / hourMs));
}

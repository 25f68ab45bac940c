import type { BotContext } from '../../../bot/context.ts';
import { type DialogDependencies, spellingDialog } from './dialog.ts';
import {
  type GlossaryView,
  glossaryPress,
  renderCancelKeyboard,
  renderGlossaryEntry,
  renderGlossaryList,
} from './view.ts';

/**
 * Asks for a spelling and enters the dialog that waits for it.
 * @param entry id of the entry to change; null for a new one
 */
export async function askFor(
  { erasures }: Pick<DialogDependencies, 'erasures'>,
  ctx: BotContext,
  question: string,
  entry: number | null,
): Promise<void> {
  await ctx.answerCallbackQuery();
  await ctx.conversation.exitAll();
  const { message_id } = await ctx.reply(question, { reply_markup: renderCancelKeyboard(ctx) });
  if (ctx.from !== undefined) await erasures.recordMessage(ctx.from.id, message_id);
  await ctx.conversation.enter(spellingDialog.id, message_id, entry);
}

/** Handles "Cancel" under a question. */
export async function leaveDialog(ctx: BotContext): Promise<void> {
  await ctx.conversation.exitAll();
  await ctx.answerCallbackQuery(ctx.say('glossary-cancelled'));
  await ctx.editMessageText(ctx.say('glossary-cancelled'));
}

/**
 * Handles a press on a page, an entry, or a change of one. An entry of another user counts as
 * unknown.
 */
export async function pressGlossary(dependencies: DialogDependencies, ctx: BotContext): Promise<void> {
  const { glossary } = dependencies;
  const [, action, number = ''] = glossaryPress.exec(ctx.callbackQuery?.data ?? '') ?? [];
  const id = Number(number);
  const userId = ctx.from?.id ?? 0;
  const entries = await glossary.entries(userId);
  if (action === 'page') {
    await ctx.answerCallbackQuery();
    return show(ctx, renderGlossaryList(ctx, entries, id));
  }
  const entry = entries.find((each) => each.id === id);
  if (entry === undefined) {
    await ctx.answerCallbackQuery(ctx.say('answer-unknown'));
    return;
  }
  if (action === 'edit')
    return askFor(dependencies, ctx, ctx.say('glossary-ask-again', { spelling: entry.spelling }), id);
  if (action === 'entry') {
    await ctx.answerCallbackQuery();
    return show(ctx, renderGlossaryEntry(ctx, entry));
  }
  await glossary.remove(userId, id);
  await ctx.answerCallbackQuery(ctx.say('glossary-removed'));
  await show(ctx, renderGlossaryList(ctx, await glossary.entries(userId), 0));
}

async function show(ctx: BotContext, { text, keyboard }: GlossaryView): Promise<void> {
  // Telegram refuses an edit that changes nothing.
  await ctx.editMessageText(text, { reply_markup: keyboard }).catch(() => undefined);
}

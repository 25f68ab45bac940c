import type { Log } from '../../../app/ports/log.ts';
import type { BotContext } from '../../../bot/context.ts';
import { languageOf } from '../../../bot/context.ts';
import { deleteShownHistory, type History, wordsOfQuery } from '../../history/index.ts';
import type { Erasures } from '../store/erasures.ts';
import type { MyDataContext } from './page.ts';

export type EraseEverythingDependencies = {
  readonly erasures: Erasures;
  readonly history: History;
  readonly log: Log;
};

/** Time for which the confirmation is accepted after it was asked for, in ms. */
const validMs = 10 * 60_000;

/** Returns true when a message is the word that confirms the erasure; spaces and case do not matter. */
export function isTheWord(ctx: BotContext, text: string): boolean {
  const asSearched = (words: string) => wordsOfQuery(words).join(' ');
  return asSearched(text) === asSearched(ctx.say('mydata-word'));
}

/**
 * Starts the erasure of a user's data, which a worker carries out. Messenger that it is too late when
 * no confirmation was asked for in time.
 */
export async function eraseEverything(
  { erasures, history, log }: EraseEverythingDependencies,
  ctx: MyDataContext,
): Promise<void> {
  const { id } = ctx.from;
  if (!(await erasures.begin(id, languageOf(ctx), validMs))) {
    await ctx.reply(ctx.say('mydata-too-late'));
    return;
  }
  ctx.confirmUpdate();
  log.info({ user: id }, 'erasure requested');
  await deleteShownHistory(history, ctx.api, id);
  const message = await ctx.reply(ctx.say('mydata-erasing'));
  await erasures.setMessage(id, message.message_id);
}

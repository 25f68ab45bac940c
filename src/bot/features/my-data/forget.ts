import { wordsOfQuery } from '../../../domain/search-words.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import { languageOf } from '../../context.ts';
import { takeBackHistory } from '../history/take-back.ts';
import type { PersonContext } from './page.ts';

/** The word counts for so long after it was asked for, in milliseconds. */
const validMs = 10 * 60_000;

/** Whether a message is the word by which somebody confirms that all of theirs shall go; spaces and case do not matter. */
export function isTheWord(ctx: BotContext, text: string): boolean {
  const asSearched = (words: string) => wordsOfQuery(words).join(' ');
  return asSearched(text) === asSearched(ctx.say('mydata-word'));
}

/** The word was written: from now on a worker deletes everything. Too late, or unasked, it does nothing, and says so. */
export async function forgetEverything(dependencies: BotDependencies, ctx: PersonContext): Promise<void> {
  const { forgetting, log } = dependencies;
  const { id } = ctx.from;
  if (!(await forgetting.begin(id, languageOf(ctx), validMs))) {
    await ctx.reply(ctx.say('mydata-too-late'));
    return;
  }
  ctx.committed();
  log.info({ user: id }, 'wants to be forgotten');
  await takeBackHistory(dependencies, ctx, id);
  const message = await ctx.reply(ctx.say('mydata-forgetting'));
  await forgetting.setMessage(id, message.message_id);
}

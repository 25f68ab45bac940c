import type { Conversation } from '@grammyjs/conversations';
import { hasArrow, readCorrections } from '../../../domain/correction/notes.ts';
import { longestSpelling, mostEntries } from '../../../domain/glossary.ts';
import { isolate } from '../../../texts/format.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import { linkIn } from '../../link-upload.ts';
import { cancelKeyboard } from './view.ts';

/** The dialog's name, under which it is kept. */
export const spellingDialog = 'glossary-spelling';

type Talk = Conversation<BotContext, BotContext>;

/**
 * Waits for a spelling, or for `heard → spelling`, until there is one that can be kept. Everything that is no answer is
 * for others. Replayed with every update: what it does is done in `external`.
 */
export function askForSpelling(dependencies: Pick<BotDependencies, 'glossary' | 'forgetting'>) {
  /**
   * @param question the number of the message that asks
   * @param entry the one that gets another spelling, null for a new one
   */
  return async (talk: Talk, _begin: BotContext, question: number, entry: number | null): Promise<void> => {
    for (;;) {
      const { message } = await talk.wait();
      const replied = message?.reply_to_message?.message_id ?? question;
      // A recording or a link to one, a press, or a reply to something else, such as a transcript.
      if (message?.text === undefined || replied !== question || linkIn(message) !== null) {
        return talk.skip({ next: true });
      }
      const { text } = message;
      const isDone = await talk.external((ctx) => take(dependencies, ctx, entry, text));
      if (isDone) return;
    }
  };
}

/** True when the answer could be kept, or never can be. */
async function take(
  { glossary, forgetting }: Pick<BotDependencies, 'glossary' | 'forgetting'>,
  ctx: BotContext,
  entry: number | null,
  text: string,
): Promise<boolean> {
  const userId = ctx.from?.id;
  if (userId === undefined) return true;
  const said = spellingOf(text);
  if (said === null) {
    await ctx.reply(ctx.say('glossary-not-understood', { most: longestSpelling }), {
      reply_markup: cancelKeyboard(ctx),
    });
    return false;
  }
  const { heard, spelling } = said;
  const outcome =
    entry === null
      ? await glossary.add(userId, heard, spelling)
      : (await glossary.rename(userId, entry, spelling))
        ? 'learnt'
        : 'gone';
  ctx.committed();
  const { message_id } = await ctx.reply(
    ctx.say(`glossary-${outcome}`, { spelling: isolate(spelling), most: mostEntries }),
  );
  await forgetting.noteMessage(userId, message_id);
  return true;
}

function spellingOf(text: string): { heard: string | null; spelling: string } | null {
  const [note, ...more] = readCorrections(text) ?? [];
  const heard = note?.wrong ?? null;
  const spelling = note?.right ?? text.trim();
  const isOne = more.length === 0 && (note !== undefined || !hasArrow(text)) && !spelling.includes('\n');
  const fits = [heard ?? spelling, spelling].every((side) => side.length <= longestSpelling);
  return isOne && fits && /\p{L}|\p{N}/u.test(spelling) ? { heard, spelling } : null;
}

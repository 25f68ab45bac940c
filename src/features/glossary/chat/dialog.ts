import type { Conversation } from '@grammyjs/conversations';
import type { BotContext } from '../../../bot/context.ts';
import { linkIn } from '../../../bot/link-upload.ts';
import { maxEntries, maxSpellingLength } from '../../../domain/glossary.ts';
import { isolate } from '../../../texts/format.ts';
import { hasArrow, readCorrections } from '../../corrections/index.ts';
import type { Erasures } from '../../my-data/index.ts';
import type { CommonWords } from '../common-words.ts';
import type { Glossary } from '../store.ts';
import { renderCancelKeyboard } from './view.ts';

export type DialogDependencies = {
  readonly glossary: Glossary;
  readonly commonWords: CommonWords;
  readonly erasures: Pick<Erasures, 'recordMessage'>;
};

type Talk = Conversation<BotContext, BotContext>;

/**
 * Creates the dialog that waits for a spelling, or for `misspelling → spelling`, until a valid one
 * arrives. All other updates pass to the next features. The conversation is replayed with every
 * update, so all side effects run in `external`.
 */
function askForSpelling(dependencies: DialogDependencies) {
  /**
   * @param question id of the message that asks
   * @param entry id of the entry to change; null for a new one
   */
  return async (talk: Talk, _begin: BotContext, question: number, entry: number | null): Promise<void> => {
    for (;;) {
      const { message } = await talk.wait();
      const replied = message?.reply_to_message?.message_id ?? question;
      // An upload, a link, a press, or a reply to another message such as a transcript.
      if (message?.text === undefined || replied !== question || linkIn(message) !== null) {
        return talk.skip({ next: true });
      }
      const { text } = message;
      const isDone = await talk.external((ctx) => acceptSpelling(dependencies, ctx, entry, text));
      if (isDone) return;
    }
  };
}

/** The dialog that waits for a spelling. */
export const spellingDialog = { id: 'glossary-spelling', presses: /^glossary:/, build: askForSpelling };

/** Saves a user's answer. Returns true when the dialog is over: the spelling was saved, or cannot be. */
async function acceptSpelling(
  { glossary, commonWords, erasures }: DialogDependencies,
  ctx: BotContext,
  entry: number | null,
  text: string,
): Promise<boolean> {
  const userId = ctx.from?.id;
  if (userId === undefined) return true;
  const said = spellingOf(text);
  if (said === null) {
    await ctx.reply(ctx.say('glossary-not-understood', { max: maxSpellingLength }), {
      reply_markup: renderCancelKeyboard(ctx),
    });
    return false;
  }
  const { misspelling, spelling } = said;
  // A common word would be replaced in every text; engines that accept hints still get the spelling.
  const isCommon = misspelling !== null && commonWords.isCommon(misspelling, null);
  const outcome =
    entry === null
      ? await glossary.add(userId, isCommon ? null : misspelling, spelling)
      : (await glossary.rename(userId, entry, spelling))
        ? 'learnt'
        : 'gone';
  ctx.confirmUpdate();
  const { message_id } = await ctx.reply(
    ctx.say(isCommon && outcome === 'learnt' ? 'glossary-learnt-common' : `glossary-${outcome}`, {
      spelling: isolate(spelling),
      misspelling: isolate(misspelling ?? ''),
      max: maxEntries,
    }),
  );
  await erasures.recordMessage(userId, message_id);
  return true;
}

function spellingOf(text: string): { misspelling: string | null; spelling: string } | null {
  const [note, ...more] = readCorrections(text) ?? [];
  const misspelling = note?.wrong ?? null;
  const spelling = note?.right ?? text.trim();
  const isOne = more.length === 0 && (note !== undefined || !hasArrow(text)) && !spelling.includes('\n');
  const fits = [misspelling ?? spelling, spelling].every((side) => side.length <= maxSpellingLength);
  return isOne && fits && /\p{L}|\p{N}/u.test(spelling) ? { misspelling, spelling } : null;
}

import type { Log } from '../../../app/ports/log.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { PressHandler } from '../../../bot/file-press.ts';
import { glossaryReplacements, withoutGlossary } from '../../../domain/glossary-review.ts';
import { parseTranscriptionId } from '../../../domain/ids.ts';
import { isolate } from '../../../texts/format.ts';
import { type Corrections, changeTranscript } from '../../corrections/index.ts';

export type ReplacedDependencies = { readonly corrections: Corrections; readonly log: Log };

/** Callback data of the button under the list of replacements. */
export const restorePress = /^glossary:restore:(\d+)$/;

/** Maximum number of replacements listed; they fit into one message. */
const maxNamed = 40;

/** Lists what the glossary replaced in a transcript, with a button that reverts it. */
export const listReplaced: PressHandler<'replaced', ReplacedDependencies> = async (
  { corrections },
  { ctx, file, answer },
) => {
  const read = await corrections.read(file.id, ctx.from.id);
  const pairs = read === null ? [] : glossaryReplacements(read.transcript.segments);
  if (pairs.length === 0) return answer('glossary-none-replaced');
  answer('glossary-replaced-below');
  const lines = pairs
    .slice(0, maxNamed)
    .map(({ wrong, right, places }) =>
      ctx.say('correct-done', { wrong: isolate(wrong), right: isolate(right), places }),
    );
  const back = { text: ctx.say('glossary-button-restore'), callback_data: `glossary:restore:${file.id}` };
  const sent = await ctx.reply([ctx.say('glossary-replaced'), ...lines].join('\n'), {
    reply_parameters: { message_id: file.messageId, allow_sending_without_reply: true },
    reply_markup: { inline_keyboard: [[back]] },
  });
  await corrections.recordMessage(file.id, file.chatId, sent.message_id);
};

/** Handles "As it was heard": reverts the glossary's replacements in one transcript. */
export async function restoreTranscribed(dependencies: ReplacedDependencies, ctx: BotContext): Promise<void> {
  const [, number = ''] = restorePress.exec(ctx.callbackQuery?.data ?? '') ?? [];
  const id = parseTranscriptionId(number);
  const answer =
    id === undefined || ctx.from === undefined
      ? ({ kind: 'unknown' } as const)
      : await changeTranscript(dependencies, id, ctx.from.id, withoutGlossary, null);
  if (answer.kind === 'unknown') {
    await ctx.answerCallbackQuery(ctx.say('answer-unknown'));
    return;
  }
  ctx.confirmUpdate();
  await ctx.answerCallbackQuery(
    ctx.say(answer.kind === 'corrected' ? 'glossary-restored' : 'glossary-none-replaced'),
  );
  await ctx.editMessageReplyMarkup();
}

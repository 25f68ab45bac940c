import type { PressHandler } from '../../../bot/file-press.ts';
import { isolate } from '../../../texts/format.ts';
import { exampleWord } from '../example.ts';
import type { Corrections } from '../store.ts';

/**
 * Handles "Fix text": explains corrections with a word from this transcript. A reply to the
 * explanation is a correction.
 */
export const explainCorrecting: PressHandler<'fix', { readonly corrections: Corrections }> = async (
  { corrections },
  { ctx, file, answer },
) => {
  const read = await corrections.read(file.id, ctx.from.id);
  if (read === null) return answer('answer-unknown');
  answer('correct-reply-now');
  const example = exampleWord(read.transcript.segments);
  const prompt = await ctx.reply(ctx.say('correct-how', { example: isolate(example) }), {
    reply_parameters: { message_id: file.messageId, allow_sending_without_reply: true },
    reply_markup: { force_reply: true, input_field_placeholder: ctx.say('correct-placeholder') },
  });
  await corrections.recordMessage(file.id, file.chatId, prompt.message_id);
};

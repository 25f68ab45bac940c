import type { Message, User } from 'grammy/types';
import type { BotContext } from '../../context.ts';

/** The button of those who hide behind the group or a channel. */
export const minePress = 'transcribe:mine';

/** Who hides has no lane: the button tells who it is. */
export async function askWhoWantsIt(ctx: BotContext, audio: Message): Promise<void> {
  const button = { text: ctx.say('transcribe-button-mine'), callback_data: minePress };
  await ctx.reply(ctx.say('transcribe-who'), {
    reply_parameters: { message_id: audio.message_id, allow_sending_without_reply: true },
    reply_markup: { inline_keyboard: [[button]] },
  });
}

/**
 * Whoever presses that button wants the recording above it; the question goes.
 * @param transcribe puts it into their lane
 */
export async function takeAsOne(
  ctx: BotContext & { from: User },
  transcribe: (audio: Message) => Promise<void>,
): Promise<void> {
  const question = ctx.callbackQuery?.message;
  const audio = question !== undefined && 'text' in question ? question.reply_to_message : undefined;
  await ctx.answerCallbackQuery(ctx.say(audio === undefined ? 'answer-unknown' : 'transcribe-taken'));
  if (question === undefined || audio === undefined) return;
  await transcribe(audio);
  await ctx.deleteMessage();
}

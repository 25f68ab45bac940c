import type { Message, User } from 'grammy/types';
import type { BotContext } from '../../../../bot/context.ts';

/** Callback data of the button for users who write in the name of the group or a channel. */
export const minePress = 'transcribe:mine';

/**
 * Asks who wants the transcript, because an anonymous sender has no lane. The press on the button
 * identifies the user.
 */
export async function askWhoWantsIt(ctx: BotContext, audio: Message): Promise<void> {
  const button = { text: ctx.say('transcribe-button-mine'), callback_data: minePress };
  await ctx.reply(ctx.say('transcribe-who'), {
    reply_parameters: { message_id: audio.message_id, allow_sending_without_reply: true },
    reply_markup: { inline_keyboard: [[button]] },
  });
}

/**
 * Handles a press on that button: transcribes the upload above it for the user, and deletes the
 * question.
 * @param transcribe puts the upload into the user's lane
 */
export async function submitAsPresser(
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

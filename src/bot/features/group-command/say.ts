import type { Message } from 'grammy/types';
import type { BotContext } from '../../context.ts';

/**
 * Answers a message of a group in its topic.
 * @param to id of the message to reply to, when it is another one
 */
export async function say(
  ctx: BotContext,
  { message_id, is_topic_message, message_thread_id }: Message,
  text: string,
  to = message_id,
): Promise<void> {
  await ctx.reply(text, {
    reply_parameters: { message_id: to, allow_sending_without_reply: true },
    ...(is_topic_message && message_thread_id !== undefined && { message_thread_id }),
  });
}

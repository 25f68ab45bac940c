import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { TaskMessage } from '../../../app/ports/task-messages.ts';
import type { BotContext } from '../../../bot/context.ts';

/** Sends the message of a task as a reply. Resolves to its id. */
export async function sendTaskMessage(
  ctx: BotContext,
  replyToId: number,
  message: TaskMessage,
): Promise<number> {
  const sent = await ctx.reply(message.text, {
    ...contentOf(message),
    reply_parameters: { message_id: replyToId, allow_sending_without_reply: true },
  });
  return sent.message_id;
}

/** Edits the pressed message of a task. */
export async function showTaskMessage(ctx: BotContext, message: TaskMessage): Promise<void> {
  // Telegram refuses an edit that changes nothing.
  await ctx.editMessageText(message.text, contentOf(message)).catch(() => undefined);
}

function contentOf({ bold, rows }: TaskMessage): {
  entities: MessageEntity[];
  reply_markup: InlineKeyboardMarkup;
} {
  return {
    entities: bold.map((range) => ({ type: 'bold', ...range })),
    reply_markup: {
      inline_keyboard: rows.map((row) => row.map(({ text, data }) => ({ text, callback_data: data }))),
    },
  };
}

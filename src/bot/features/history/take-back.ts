import type { BotContext, BotDependencies } from '../../context.ts';

/**
 * Deletes the message with the user's history, because it may show words of a transcript that was
 * just deleted.
 */
export async function takeBackHistory(
  { history }: BotDependencies,
  { api }: BotContext,
  userId: number,
): Promise<void> {
  const shown = await history.view(userId);
  if (shown === null) return;
  // Telegram refuses to delete a message older than two days.
  await api.deleteMessage(userId, shown.messageId).catch(() => undefined);
}

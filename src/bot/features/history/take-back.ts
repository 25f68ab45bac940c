import type { BotContext, BotDependencies } from '../../context.ts';

/** Takes the message with somebody's history out of their chat: it may show words of what has just been deleted. */
export async function takeBackHistory(
  { history }: BotDependencies,
  { api }: BotContext,
  userId: number,
): Promise<void> {
  const shown = await history.view(userId);
  if (shown === null) return;
  // After two days Telegram keeps it, whatever the bot wants.
  await api.deleteMessage(userId, shown.messageId).catch(() => undefined);
}

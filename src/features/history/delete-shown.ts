import type { UserId } from '../../domain/ids.ts';
import type { History } from './store.ts';

/** Deletes a message in a chat; grammY's Api is one. */
type MessageApi = { deleteMessage(chatId: number, messageId: number): Promise<unknown> };

/**
 * Deletes the message with the user's history, because it may show words of a transcript that was
 * just deleted.
 */
export async function deleteShownHistory(history: History, api: MessageApi, userId: UserId): Promise<void> {
  const shown = await history.view(userId);
  if (shown === null) return;
  // Telegram refuses to delete a message older than two days.
  await api.deleteMessage(userId, shown.messageId).catch(() => undefined);
}

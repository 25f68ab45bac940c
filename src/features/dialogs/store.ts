import type { ChatId } from '../../domain/ids.ts';
import type { Database } from '../../store/client.ts';

/** State of the bot's dialogs, one per private chat, so that any process can continue them. */
export type Dialogs = ReturnType<typeof createDialogs>;

/** Stores the bot's dialogs in PostgreSQL. */
export function createDialogs(database: Database) {
  return {
    /** Returns the state and its step; null without a dialog. */
    read: (chatId: ChatId): Promise<{ readonly value: unknown; readonly step: number } | null> =>
      database.dialog.findUnique({ where: { chatId }, select: { value: true, step: true } }),

    /**
     * Stores the next state.
     * @param step the step that was read; null when there was no dialog
     * @returns false when another process stored a state first
     */
    async write(chatId: ChatId, step: number | null, value: unknown): Promise<boolean> {
      const rows = await database.$queryRaw<{ written: boolean }[]>`
        SELECT dialog_write(${chatId}::bigint, ${step}::int, ${JSON.stringify(value)}::jsonb) AS written`;
      return rows[0]?.written ?? false;
    },

    async end(chatId: ChatId): Promise<void> {
      await database.dialog.deleteMany({ where: { chatId } });
    },

    /** Ends the dialogs without input for a day. */
    async prune(): Promise<void> {
      await database.$executeRaw`DELETE FROM dialog WHERE "changedAt" < now() - interval '1 day'`;
    },
  };
}

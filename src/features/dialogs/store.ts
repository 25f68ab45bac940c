import type { ChatId } from '../../domain/ids.ts';
import type { Database } from '../../store/client.ts';
import { prepared } from '../../store/statement.ts';

/** State of the bot's dialogs, one per private chat, so that any process can continue them. */
export type Dialogs = ReturnType<typeof createDialogs>;

/** Stores the bot's dialogs in PostgreSQL. */
export function createDialogs(database: Database) {
  return {
    /** Returns the state and its step; null without a dialog. */
    async read(chatId: ChatId): Promise<{ readonly value: unknown; readonly step: number } | null> {
      const [row] = await database.query<{ value: unknown; step: number }[]>(prepared`
        SELECT value, step FROM dialog WHERE "chatId" = ${chatId}::bigint`);
      return row ?? null;
    },

    /**
     * Stores the next state.
     * @param step the step that was read; null when there was no dialog
     * @returns false when another process stored a state first
     */
    async write(chatId: ChatId, step: number | null, value: unknown): Promise<boolean> {
      const rows = await database.query<{ written: boolean }[]>`
        SELECT dialog_write(${chatId}::bigint, ${step}::int, ${JSON.stringify(value)}::jsonb) AS written`;
      return rows[0]?.written ?? false;
    },

    async end(chatId: ChatId): Promise<void> {
      await database.execute`DELETE FROM dialog WHERE "chatId" = ${chatId}::bigint`;
    },

    /** Ends the dialogs without input for a day. */
    async prune(): Promise<void> {
      await database.execute`DELETE FROM dialog WHERE "changedAt" < now() - interval '1 day'`;
    },
  };
}

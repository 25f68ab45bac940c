import type { Dialogs } from '../../app/text/ports.ts';
import type { Database } from '../client.ts';

/** Stores the bot's dialogs in PostgreSQL. */
export function createDialogs(database: Database): Dialogs {
  return {
    read: (chatId) => database.dialog.findUnique({ where: { chatId }, select: { value: true, step: true } }),

    async write(chatId, step, value) {
      const rows = await database.$queryRaw<{ written: boolean }[]>`
        SELECT dialog_write(${chatId}::bigint, ${step}::int, ${JSON.stringify(value)}::jsonb) AS written`;
      return rows[0]?.written ?? false;
    },

    async end(chatId) {
      await database.dialog.deleteMany({ where: { chatId } });
    },

    async prune() {
      await database.$executeRaw`DELETE FROM dialog WHERE "changedAt" < now() - interval '1 day'`;
    },
  };
}

import type { ChatTurns } from '../app/ports/chat-turns.ts';
import type { Database } from './client.ts';

/** Stores the turns in chats in PostgreSQL. */
export function createChatTurns(database: Database): ChatTurns {
  return {
    async take({ chatId, kind, messages, burst, everyMs, maxWaitMs }) {
      const [row] = await database.query<[{ wait: number }]>`
        SELECT chat_turn_take(${chatId}::bigint, ${kind}, ${messages}::int, ${burst}::int, ${everyMs}, ${maxWaitMs}) AS wait`;
      return row.wait;
    },

    async prune() {
      // A chat that was due long ago has its whole burst again.
      await database.execute`DELETE FROM chat_turn WHERE due < now() - interval '1 minute'`;
    },
  };
}

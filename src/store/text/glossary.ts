import type { Glossary } from '../../app/text/ports.ts';
import { maxEntries } from '../../domain/glossary.ts';
import type { Database } from '../client.ts';

/** Stores the glossaries of users in PostgreSQL. */
export function createGlossary(database: Database): Glossary {
  return {
    async entries(userId) {
      const rows = await database.glossaryEntry.findMany({
        where: { userId },
        orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
        take: maxEntries,
      });
      return rows.map(({ id, spelling, heard }) => ({ id: Number(id), spelling, heard }));
    },

    async add(userId, heard, spelling) {
      const rows = await database.$queryRaw<{ result: 'learnt' | 'full' }[]>`
        SELECT glossary_learn(${userId}::bigint, ${heard}::text, ${spelling}, false, ${maxEntries}::int) AS result`;
      return rows[0]?.result ?? 'full';
    },

    async rename(userId, entry, spelling) {
      const rows = await database.$queryRaw<{ result: boolean }[]>`
        SELECT glossary_rename(${userId}::bigint, ${entry}::bigint, ${spelling}) AS result`;
      return rows[0]?.result ?? false;
    },

    async remove(userId, entry) {
      const { count } = await database.glossaryEntry.deleteMany({ where: { id: entry, userId } });
      return count > 0;
    },
  };
}

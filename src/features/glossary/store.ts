import { type GlossaryEntry, maxEntries } from '../../domain/glossary.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Database } from '../../store/client.ts';
import { prepared } from '../../store/statement.ts';

/** The users' glossaries. */
export type Glossary = ReturnType<typeof createGlossary>;

/** Stores the glossaries of users in PostgreSQL. */
export function createGlossary(database: Database) {
  return {
    /** Returns all entries, the latest changed first. */
    async entries(userId: UserId): Promise<GlossaryEntry[]> {
      const rows = await database.query<{ id: bigint; spelling: string; misspellings: string[] }[]>(prepared`
        SELECT id, spelling, misspellings FROM glossary_entry WHERE "userId" = ${userId}::bigint
         ORDER BY "changedAt" DESC, id DESC LIMIT ${maxEntries}::int`);
      return rows.map(({ id, spelling, misspellings }) => ({ id: Number(id), spelling, misspellings }));
    },

    /**
     * Adds an entry.
     * @param misspelling text that engines write instead; null: only a spelling to send to engines
     * @returns `full` when there is no room for another entry
     */
    async add(userId: UserId, misspelling: string | null, spelling: string): Promise<'learnt' | 'full'> {
      const rows = await database.query<{ result: 'learnt' | 'full' }[]>`
        SELECT glossary_learn(${userId}::bigint, ${misspelling}::text, ${spelling}, false, ${maxEntries}::int) AS result`;
      return rows[0]?.result ?? 'full';
    },

    /** Changes the spelling of an entry. Resolves to false when the user has no such entry. */
    async rename(userId: UserId, entry: number, spelling: string): Promise<boolean> {
      const rows = await database.query<{ result: boolean }[]>`
        SELECT glossary_rename(${userId}::bigint, ${entry}::bigint, ${spelling}) AS result`;
      return rows[0]?.result ?? false;
    },

    /** Removes an entry. Resolves to false when the user has no such entry. */
    async remove(userId: UserId, entry: number): Promise<boolean> {
      const deleted = await database.execute`
        DELETE FROM glossary_entry WHERE id = ${entry}::bigint AND "userId" = ${userId}::bigint`;
      return deleted > 0;
    },
  };
}

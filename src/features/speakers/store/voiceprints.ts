import type { RememberResult, Voiceprints } from '../../../app/ports/voiceprints.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';

/** Maximum number of voices of a user. */
const maxVoices = 100;

/** A voice without its vector, for its user. */
export type RememberedVoice = { readonly id: number; readonly name: string; readonly keptAt: Date };

/** The voices that users have had remembered. */
export type VoiceprintStore = ReturnType<typeof createVoiceprints>;

/** Stores the voices that users have had remembered, in PostgreSQL. */
export function createVoiceprints(database: Database) {
  return {
    async list(userId) {
      return database.query<{ name: string; voice: number[] }[]>`
        SELECT name, voice FROM voiceprint WHERE "userId" = ${userId}::bigint`;
    },

    async remember(userId, name, voice) {
      const [row] = await database.query<{ result: RememberResult }[]>`
        SELECT voiceprint_remember(${userId}::bigint, ${name}, ${[...voice]}::real[], ${maxVoices}::int) AS result`;
      return row?.result ?? 'refused';
    },

    async recordUse(userId, names) {
      await database.execute`
        UPDATE voiceprint SET "usedAt" = now()
         WHERE "userId" = ${userId}::bigint AND name = ANY (${[...names]}::text[])`;
    },

    /** Returns whether the user has voices remembered; null: the user has not decided. */
    async isOn(userId: UserId): Promise<boolean | null> {
      const [row] = await database.query<{ isOn: boolean | null }[]>`
        SELECT "remembersVoices" AS "isOn" FROM setting WHERE "userId" = ${userId}::bigint`;
      return row?.isOn ?? null;
    },

    /** Switches the remembering of voices on or off; off deletes all voices. Resolves to the number of deleted ones. */
    async switch(userId: UserId, isOn: boolean): Promise<number> {
      const [row] = await database.query<{ result: number }[]>`
        SELECT voiceprint_switch(${userId}::bigint, ${isOn}::boolean) AS result`;
      return row?.result ?? 0;
    },

    /** Returns the names of a user's voices, by name. */
    async entries(userId: UserId): Promise<RememberedVoice[]> {
      const rows = await database.query<{ id: bigint; name: string; createdAt: Date }[]>`
        SELECT id, name, "createdAt" FROM voiceprint WHERE "userId" = ${userId}::bigint ORDER BY name`;
      return rows.map(({ id, name, createdAt }) => ({ id: Number(id), name, keptAt: createdAt }));
    },

    /** Deletes a voice. Resolves to false when the user has no such voice. */
    async remove(userId: UserId, id: number): Promise<boolean> {
      const deleted = await database.execute`
        DELETE FROM voiceprint WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint`;
      return deleted > 0;
    },

    /** Deletes voices that were neither kept nor recognised for a year. Resolves to their number, at most `limit`. */
    async prune(limit: number): Promise<number> {
      return database.execute`
        DELETE FROM voiceprint WHERE id IN (
          SELECT id FROM voiceprint WHERE "usedAt" < now() - interval '1 year' LIMIT ${limit}::int)`;
    },
  } satisfies Voiceprints & Record<string, unknown>;
}

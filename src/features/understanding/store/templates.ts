import { z } from 'zod';
import type { UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';
import type { MinutesTemplate } from '../provable/contract.ts';

/** A template of a user, or of an admin for everybody. */
export type OwnTemplate = MinutesTemplate & {
  readonly id: number;
  /** True when an admin added it for everybody. */
  readonly isForAll: boolean;
};

/** Maximum number of templates of a user, and of those for everybody. */
export const maxTemplates = 10;

/** The templates of minutes that users have added. */
export type Templates = ReturnType<typeof createTemplates>;

/** Stores the templates of minutes in PostgreSQL. */
export function createTemplates(database: Database) {
  return {
    /** Returns the user's templates and those for everybody, the oldest first. */
    async entries(userId: UserId): Promise<OwnTemplate[]> {
      const rows = await database.query<unknown[]>`
        SELECT id, name, sections, false AS "isForAll" FROM minutes_template WHERE "userId" = ${userId}::bigint
        UNION ALL
        SELECT id, name, sections, true AS "isForAll" FROM minutes_template WHERE "userId" IS NULL
         ORDER BY id`;
      return rows.map((row) => templateSchema.parse(row));
    },

    /**
     * Adds a template.
     * @param userId null: for everybody
     * @returns false when there is no room for another one
     */
    async add(userId: UserId | null, { name, sections }: MinutesTemplate): Promise<boolean> {
      const added = await database.execute`
        INSERT INTO minutes_template ("userId", name, sections)
        SELECT ${userId}::bigint, ${name}, ${JSON.stringify(sections)}::jsonb
         WHERE (SELECT count(*) FROM minutes_template WHERE "userId" IS NOT DISTINCT FROM ${userId}::bigint) < ${maxTemplates}`;
      return added > 0;
    },

    /**
     * Removes a template. Resolves to false when the user has no such template.
     * @param isAdmin true: those for everybody can be removed too
     */
    async remove(userId: UserId, id: number, isAdmin: boolean): Promise<boolean> {
      const removed = await database.execute`
        DELETE FROM minutes_template WHERE id = ${id}::bigint
           AND ("userId" = ${userId}::bigint OR (${isAdmin} AND num_nulls("userId") = 1))`;
      return removed > 0;
    },
  };
}

const templateSchema: z.ZodType<OwnTemplate> = z.object({
  id: z.coerce.number(),
  name: z.string(),
  sections: z.array(z.looseObject({ title: z.string(), instructions: z.string() })),
  isForAll: z.boolean(),
});

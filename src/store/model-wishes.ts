import sql from 'sql-template-tag';
import type { ModelWishes } from '../app/ports/model-wishes.ts';
import type { Database } from './client.ts';

/**
 * Is true when admins have asked for something since then.
 * @param known moment of the latest wish that is known; null: none
 */
export const areWishesNewer = (known: Date | null) => sql`
  (SELECT max("askedAt") FROM model_wish) > COALESCE(${known}::timestamptz, '-infinity')`;

/** Stores the models that admins want in PostgreSQL, one row for each. */
export function createModelWishes(database: Database): ModelWishes {
  return {
    async list() {
      const rows = await database.query<
        { model: string; isWanted: boolean; agreedById: bigint | null; askedAt: Date }[]
      >`SELECT model, "isWanted", "agreedById", "askedAt" FROM model_wish ORDER BY "askedAt"`;
      return rows.map(({ model, isWanted, agreedById, askedAt }) => ({
        model,
        isWanted,
        agreedBy: agreedById === null ? null : Number(agreedById),
        askedAt,
      }));
    },

    async ask(model, isWanted, askedBy, isAgreed) {
      await database.execute`
        INSERT INTO model_wish (model, "isWanted", "agreedById", "askedById", "askedAt")
        VALUES (${model}, ${isWanted}::boolean, ${isAgreed ? askedBy : null}::bigint, ${askedBy}::bigint, clock_timestamp())
        ON CONFLICT (model) DO UPDATE SET "isWanted" = EXCLUDED."isWanted", "agreedById" = EXCLUDED."agreedById",
           "askedById" = EXCLUDED."askedById", "askedAt" = EXCLUDED."askedAt"`;
    },
  };
}

import { z } from 'zod';
import type { Exports } from '../../app/my-data/ports.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { accountTables, fileTables } from './personal-tables.ts';

/** Maximum number of account rows read at a time. */
const rowsAtOnce = 1_000;

/** A column that is left out because it concerns another user: who paid for the transcription. */
const ofOthers = 'payerId';

/** Reads everything that is stored about a user from PostgreSQL, for an export. */
export function createExports(database: Database): Exports {
  return {
    async begin(userId, messageId, documents) {
      const begun = await database.$executeRaw`
        INSERT INTO export ("userId", "messageId", documents, "leaseUntil")
        VALUES (${userId}::bigint, ${messageId}::int, ${documents}, now() + interval '1 second') ON CONFLICT DO NOTHING`;
      return begun > 0;
    },

    async take(leaseMs) {
      const rows = await database.$queryRaw<unknown[]>`
        UPDATE export e SET attempts = attempts + 1, "leaseUntil" = now() + milliseconds(${leaseMs})
          FROM "user" u
         WHERE u.id = e."userId" AND e."userId" = (
           SELECT "userId" FROM export WHERE "leaseUntil" <= now() ORDER BY "leaseUntil" LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING e."userId", u."languageCode", e."messageId", e.documents, e.parts, e."lastSeq", e.attempts`;
      return rows[0] === undefined ? null : jobSchema.parse(rows[0]);
    },

    async keep(userId, leaseMs) {
      const kept = await database.$executeRaw`
        UPDATE export SET "leaseUntil" = now() + milliseconds(${leaseMs}) WHERE "userId" = ${userId}::bigint`;
      return kept > 0;
    },

    async sent(userId, lastSeq) {
      await database.$executeRaw`
        UPDATE export SET parts = parts + 1, "lastSeq" = ${lastSeq}::int, attempts = 0 WHERE "userId" = ${userId}::bigint`;
    },

    async done(userId) {
      await database.export.deleteMany({ where: { userId } });
    },

    async *ofAccount(userId) {
      for (const [table, { owner, key }] of Object.entries(accountTables)) {
        // The names come from our own list, never from a user.
        const [from, of, by] = [table, owner, key].map((name) => Prisma.raw(`"${name}"`));
        let last = -1n;
        for (let part = 1; ; part += 1) {
          const rows = await database.$queryRaw<{ row: unknown; key: bigint }[]>`
            SELECT to_jsonb(t) AS row, t.${by} AS key FROM ${from} t
             WHERE t.${of} = ${userId}::bigint AND t.${by} > ${last} ORDER BY t.${by} LIMIT ${rowsAtOnce}`;
          if (rows.length > 0) {
            yield { name: part === 1 ? table : `${table} ${part}`, rows: rows.map(({ row }) => row) };
          }
          last = rows.at(-1)?.key ?? last;
          if (rows.length < rowsAtOnce) break;
        }
      }
    },

    async files(userId, after, limit) {
      const rows = await database.transcription.findMany({
        where: { userId, seq: { gt: after } },
        orderBy: { seq: 'asc' },
        take: limit,
        select: { id: true, seq: true },
      });
      return rows.map(({ id, seq }) => ({ id: Number(id), seq }));
    },

    count: (userId, after) => database.transcription.count({ where: { userId, seq: { gt: after } } }),

    async ofFile(id) {
      const found: Record<string, unknown[]> = {};
      for (const [table, column] of Object.entries(fileTables)) {
        const [from, of] = [table, column].map((name) => Prisma.raw(`"${name}"`));
        const rows = await database.$queryRaw<{ row: unknown }[]>`
          SELECT to_jsonb(t) - ${ofOthers} AS row FROM ${from} t WHERE t.${of} = ${id}::bigint`;
        if (rows.length > 0) found[table] = rows.map(({ row }) => row);
      }
      return found;
    },
  };
}

const jobSchema = z.object({
  userId: z.coerce.number(),
  languageCode: z.string().nullable(),
  messageId: z.number().nullable(),
  documents: z.boolean(),
  parts: z.number(),
  lastSeq: z.number(),
  attempts: z.number(),
});

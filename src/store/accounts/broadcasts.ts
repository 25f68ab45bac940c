import { z } from 'zod';
import type { Broadcast, Broadcasts, Recipient } from '../../app/accounts/ports.ts';
import type { AccessRules } from '../../domain/account.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';

/**
 * Stores broadcasts in PostgreSQL.
 * @param access who may use the bot; other users receive no broadcast
 */
export function createBroadcasts(database: Database, access: AccessRules): Broadcasts {
  const named = [...access.allowedIds, ...access.operatorIds];
  // The same rule as `standingOf` in domain/account.ts, for many users in one query.
  const recipients = Prisma.sql`announcements AND "blockedAt" IS NULL AND "leftAt" IS NULL
    AND (${access.access} = 'open' OR role = 'ADMIN' OR id = ANY(${named}::bigint[])
         OR (${access.access} = 'invitation' AND "admittedAt" IS NOT NULL))`;
  return {
    async draft(madeBy, { text, entities }) {
      const { id } = await database.broadcast.create({
        data: { madeById: madeBy, text, entities: [...entities] },
        select: { id: true },
      });
      return Number(id);
    },
    async people() {
      const [row] = await database.$queryRaw<[{ count: number }]>`
        SELECT count(*)::int AS count FROM "user" WHERE ${recipients}`;
      return row.count;
    },
    async start(id) {
      const started = await database.$executeRaw`
        UPDATE broadcast SET state = 'SENDING' WHERE id = ${id}::bigint AND state = 'DRAFT'`;
      return started > 0;
    },
    async stop(id) {
      const stopped = await database.$executeRaw`
        UPDATE broadcast SET state = 'STOPPED', "endedAt" = now()
         WHERE id = ${id}::bigint AND state IN ('DRAFT', 'SENDING')`;
      return stopped > 0;
    },
    async take(holder, leaseMs) {
      const rows = await database.$queryRaw<{ broadcast: unknown }[]>`
        UPDATE broadcast b SET holder = ${holder}, "leaseUntil" = now() + milliseconds(${leaseMs})
         WHERE id = (SELECT id FROM broadcast WHERE state = 'SENDING' AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
                      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING to_jsonb(b) || jsonb_build_object('languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = b."madeById"))
                  AS broadcast`;
      return rows[0] === undefined ? null : broadcastSchema.parse(rows[0].broadcast);
    },
    async next({ lastUserId }, limit) {
      const rows = await database.$queryRaw<{ id: bigint; languageCode: string | null }[]>`
        SELECT id, "languageCode" FROM "user" WHERE id > ${lastUserId}::bigint AND ${recipients}
         ORDER BY id LIMIT ${limit}::int`;
      return rows.map(({ id, languageCode }): Recipient => ({ id: Number(id), languageCode }));
    },
    async mark({ id, holder }, to, how, leaseMs) {
      if (how === 'left')
        await database.$executeRaw`UPDATE "user" SET "leftAt" = now() WHERE id = ${to.id}::bigint`;
      const marked = await database.$executeRaw`
        UPDATE broadcast SET "lastUserId" = ${to.id}::bigint, "leaseUntil" = now() + milliseconds(${leaseMs}),
               sent = sent + (${how} = 'sent')::int, missed = missed + (${how} <> 'sent')::int
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'SENDING'`;
      return marked > 0;
    },
    async keep({ id, holder }, leaseMs) {
      const kept = await database.$executeRaw`
        UPDATE broadcast SET "leaseUntil" = now() + milliseconds(${leaseMs})
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'SENDING'`;
      return kept > 0;
    },
    async finish({ id, holder }) {
      const rows = await database.$queryRaw<{ sent: number; missed: number }[]>`
        UPDATE broadcast SET state = 'DONE', "endedAt" = now(), holder = NULL, "leaseUntil" = NULL
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'SENDING' RETURNING sent, missed`;
      return rows[0] ?? null;
    },
    async release({ id, holder }) {
      await database.$executeRaw`
        UPDATE broadcast SET holder = NULL, "leaseUntil" = NULL WHERE id = ${id}::bigint AND holder = ${holder}`;
    },
  };
}

const broadcastSchema = z
  .object({
    id: z.number(),
    madeById: z.number(),
    languageCode: z.string().nullable(),
    holder: z.string(),
    lastUserId: z.number(),
    text: z.string(),
    entities: z.array(z.record(z.string(), z.unknown())),
  })
  .transform(
    ({ madeById, languageCode, ...broadcast }): Broadcast => ({
      ...broadcast,
      madeBy: { id: madeById, languageCode },
    }),
  );

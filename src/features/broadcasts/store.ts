import sql from 'sql-template-tag';
import { z } from 'zod';
import type { BroadcastText, Recipient } from '../../app/ports/broadcast-sender.ts';
import type { AccessRules } from '../../domain/account.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Database } from '../../store/client.ts';

export type Broadcast = BroadcastText & {
  readonly id: number;
  readonly madeBy: Recipient;
  /** The process that is sending it. */
  readonly holder: string;
  /** All users up to this id have received it. */
  readonly lastUserId: UserId;
};

/** Broadcasts that no process is sending. */
const unheld = sql`FROM broadcast WHERE state = 'SENDING' AND ("leaseUntil" IS NULL OR "leaseUntil" < now())`;

/** Is true when `lease` would find a broadcast. */
export const isBroadcastDue = () => sql`EXISTS (SELECT ${unheld})`;

export type Broadcasts = ReturnType<typeof createBroadcasts>;

/**
 * Stores broadcasts in PostgreSQL. One process at a time sends one; if it dies, another continues.
 * @param access who may use the bot; other users receive no broadcast
 */
export function createBroadcasts(database: Database, access: AccessRules) {
  const named = [...access.allowedIds, ...access.adminIds];
  // The same rule as `decideAccess` in domain/account.ts, for many users in one query.
  const recipients = sql`"wantsBroadcasts" AND "blockedAt" IS NULL AND "leftAt" IS NULL
    AND (${access.access} = 'open' OR role = 'ADMIN' OR id = ANY(${named}::bigint[])
         OR (${access.access} = 'invitation' AND "admittedAt" IS NOT NULL))`;
  return {
    /** Stores a draft. Resolves to its id. */
    async draft(madeBy: UserId, { text, entities }: BroadcastText): Promise<number> {
      const [row] = await database.query<[{ id: bigint }]>`
        INSERT INTO broadcast ("madeById", text, entities)
        VALUES (${madeBy}::bigint, ${text}, ${JSON.stringify(entities)}::jsonb) RETURNING id`;
      return Number(row.id);
    },
    /** Returns the number of users who would get a broadcast: those who may use the bot and want broadcasts. */
    async userCount(): Promise<number> {
      const [row] = await database.query<[{ count: number }]>`
        SELECT count(*)::int AS count FROM "user" WHERE ${recipients}`;
      return row.count;
    },
    /** Starts a draft. This method and `stop` resolve to false when the state no longer allows it. */
    async start(id: number): Promise<boolean> {
      const started = await database.execute`
        UPDATE broadcast SET state = 'SENDING' WHERE id = ${id}::bigint AND state = 'DRAFT'`;
      return started > 0;
    },
    async stop(id: number): Promise<boolean> {
      const stopped = await database.execute`
        UPDATE broadcast SET state = 'STOPPED', "endedAt" = now()
         WHERE id = ${id}::bigint AND state IN ('DRAFT', 'SENDING')`;
      return stopped > 0;
    },
    /** Takes a broadcast that no process is sending, for `taskLeaseMs` (ms); null when there is none. */
    async lease(holder: string, taskLeaseMs: number): Promise<Broadcast | null> {
      const rows = await database.query<{ broadcast: unknown }[]>`
        UPDATE broadcast b SET holder = ${holder}, "leaseUntil" = now() + milliseconds(${taskLeaseMs})
         WHERE id = (SELECT id ${unheld}
                      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING to_jsonb(b) || jsonb_build_object('languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = b."madeById"))
                  AS broadcast`;
      return rows[0] === undefined ? null : broadcastSchema.parse(rows[0].broadcast);
    },
    /** Returns the next users who have not received it, at most `limit`. */
    async next({ lastUserId }: Broadcast, limit: number): Promise<Recipient[]> {
      const rows = await database.query<{ id: bigint; languageCode: string | null }[]>`
        SELECT id, "languageCode" FROM "user" WHERE id > ${lastUserId}::bigint AND ${recipients}
         ORDER BY id LIMIT ${limit}::int`;
      return rows.map(({ id, languageCode }): Recipient => ({ id: Number(id), languageCode }));
    },
    /**
     * Records the result for a user: `sent`, `missed` (could not be delivered) or `left` (the user stopped the bot).
     * Resolves to false when the broadcast was stopped, or another process has taken it over.
     */
    async recordOutcome(
      { id, holder }: Broadcast,
      to: Recipient,
      how: 'sent' | 'missed' | 'left',
      taskLeaseMs: number,
    ): Promise<boolean> {
      if (how === 'left')
        await database.execute`UPDATE "user" SET "leftAt" = now() WHERE id = ${to.id}::bigint`;
      const marked = await database.execute`
        UPDATE broadcast SET "lastUserId" = ${to.id}::bigint, "leaseUntil" = now() + milliseconds(${taskLeaseMs}),
               sent = sent + (${how} = 'sent')::int, missed = missed + (${how} <> 'sent')::int
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'SENDING'`;
      return marked > 0;
    },
    /** Renews the lease, so that no other process takes the broadcast. Resolves to false as `mark` does. */
    async renew({ id, holder }: Broadcast, taskLeaseMs: number): Promise<boolean> {
      const kept = await database.execute`
        UPDATE broadcast SET "leaseUntil" = now() + milliseconds(${taskLeaseMs})
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'SENDING'`;
      return kept > 0;
    },
    /**
     * Ends a broadcast that all users have received. Resolves to the counts; null when it was stopped, or another
     * process has taken it over.
     */
    async finish({
      id,
      holder,
    }: Broadcast): Promise<{ readonly sent: number; readonly missed: number } | null> {
      const rows = await database.query<{ sent: number; missed: number }[]>`
        UPDATE broadcast SET state = 'DONE', "endedAt" = now(), holder = NULL, "leaseUntil" = NULL
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'SENDING' RETURNING sent, missed`;
      return rows[0] ?? null;
    },
    /** Releases the lease, so that another process can continue at once. */
    async release({ id, holder }: Broadcast): Promise<void> {
      await database.execute`
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

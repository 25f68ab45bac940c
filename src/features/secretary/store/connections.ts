import { z } from 'zod';
import type { AccountConnection } from '../../../app/ports/connected-accounts.ts';
import type { EngineId } from '../../../domain/engine-names.ts';
import { engineIds } from '../../../domain/engine-names.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';

/** Which notes are transcribed. */
export const noteChoices = ['received', 'mine', 'both', 'none'] as const;
/** Whose notes: of all peers but the refused ones, or of the allowed ones. */
export const senderChoices = ['all', 'chosen'] as const;
/** For how long notes are kept, in hours from their arrival. */
export const retentionHoursChoices = [24, 7 * 24, 30 * 24] as const;

/** A connection with what its user has chosen. */
export type Connection = {
  readonly id: number;
  readonly connectionKey: string;
  readonly userId: UserId;
  readonly userChatId: ChatId;
  readonly canReply: boolean;
  readonly isEnded: boolean;
  readonly notes: (typeof noteChoices)[number];
  readonly senders: (typeof senderChoices)[number];
  /** The engine of all notes; null: none is transcribed. */
  readonly engine: EngineId | null;
  readonly withFiles: boolean;
  /** Whether a text is removed when the sender deletes the note. */
  readonly removesDeleted: boolean;
  readonly retentionHours: number;
};

/** What a user can change. */
export type ConnectionChange = Partial<
  Pick<Connection, 'notes' | 'senders' | 'engine' | 'withFiles' | 'removesDeleted' | 'retentionHours'>
>;

/** A peer. `isAllowed`: the user's decision; null: asked, not yet answered. */
export type Peer = {
  readonly peerId: ChatId;
  readonly name: string;
  readonly isAllowed: boolean | null;
};

/** Maximum number of listed peers of a connection. */
const maxListed = 30;

export type Connections = ReturnType<typeof createConnections>;

/** Stores connections of accounts, and about whom their users have decided, in PostgreSQL. */
export function createConnections(database: Database) {
  const parse = (rows: readonly unknown[]) =>
    rows[0] === undefined ? null : connectionSchema.parse(rows[0]);
  return {
    /**
     * Stores a connection as Telegram describes it now. Resolves to it, and whether it is new; its user must have an
     * account.
     * @param engine engine of a new connection
     */
    async upsert(
      {
        connectionKey,
        userId,
        userChatId,
        canReply,
        isEnabled,
        connectedAt,
      }: Omit<AccountConnection, 'user'>,
      engine: EngineId | null,
    ): Promise<{ readonly connection: Connection; readonly isNew: boolean }> {
      const rows = await database.query<{ isNew: boolean }[]>`
        INSERT INTO secretary_connection AS present
               ("connectionKey", "userId", "userChatId", "canReply", "connectedAt", "endedAt", engine)
        VALUES (${connectionKey}, ${userId}::bigint, ${userChatId}::bigint, ${canReply}, ${connectedAt},
                CASE WHEN ${isEnabled} THEN NULL ELSE now() END, ${engine})
        ON CONFLICT ("connectionKey") DO UPDATE SET "userChatId" = EXCLUDED."userChatId", "canReply" = EXCLUDED."canReply",
               "endedAt" = CASE WHEN ${isEnabled} THEN NULL ELSE COALESCE(present."endedAt", now()) END
        WHERE present."userId" = EXCLUDED."userId"
        RETURNING *, xmax = 0 AS "isNew"`;
      return { connection: connectionSchema.parse(rows[0]), isNew: rows[0]?.isNew === true };
    },

    async findByKey(connectionKey: string): Promise<Connection | null> {
      return parse(
        await database.query`SELECT * FROM secretary_connection WHERE "connectionKey" = ${connectionKey}`,
      );
    },

    /** Returns a connection of this user that has not ended; null for another's. */
    async find(id: number, userId: UserId): Promise<Connection | null> {
      return parse(
        await database.query`
          SELECT * FROM secretary_connection
           WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND "endedAt" IS NULL`,
      );
    },

    /** Returns the user's connections that have not ended. */
    async list(userId: UserId): Promise<Connection[]> {
      const rows = await database.query<unknown[]>`
        SELECT * FROM secretary_connection WHERE "userId" = ${userId}::bigint AND "endedAt" IS NULL ORDER BY id LIMIT 20`;
      return rows.map((row) => connectionSchema.parse(row));
    },

    /** Ends a connection, and forgets whom its user has allowed or refused. */
    async end(id: number): Promise<void> {
      await database.execute`
        UPDATE secretary_connection SET "endedAt" = COALESCE("endedAt", now()) WHERE id = ${id}::bigint`;
      await database.execute`DELETE FROM secretary_peer WHERE "connectionId" = ${id}::bigint`;
    },

    /** Changes what is given. Resolves to the connection; null when it is not this user's, or has ended. */
    async change(id: number, userId: UserId, change: ConnectionChange): Promise<Connection | null> {
      const { notes, senders, engine, withFiles, removesDeleted, retentionHours } = change;
      return parse(
        await database.query`
          UPDATE secretary_connection SET
                 notes = COALESCE(${notes ?? null}, notes), senders = COALESCE(${senders ?? null}, senders),
                 engine = COALESCE(${engine ?? null}, engine),
                 "withFiles" = COALESCE(${withFiles ?? null}::boolean, "withFiles"),
                 "removesDeleted" = COALESCE(${removesDeleted ?? null}::boolean, "removesDeleted"),
                 "retentionHours" = COALESCE(${retentionHours ?? null}::int, "retentionHours"), "toldUntil" = NULL
           WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND "endedAt" IS NULL RETURNING *`,
      );
    },

    /** Records that the user is told now why notes are left out. Resolves to false when that was told before. */
    async recordOwnerNotice(id: number, until: Date): Promise<boolean> {
      const noted = await database.execute`
        UPDATE secretary_connection SET "toldUntil" = ${until}
         WHERE id = ${id}::bigint AND ("toldUntil" IS NULL OR "toldUntil" < now())`;
      return noted > 0;
    },

    /** Returns what the user has decided about somebody; null when nothing. */
    async peer(id: number, peerId: ChatId): Promise<Peer | null> {
      const [row] = await database.query<unknown[]>`
        SELECT "peerId", name, "isAllowed" FROM secretary_peer
         WHERE "connectionId" = ${id}::bigint AND "peerId" = ${peerId}::bigint`;
      return row === undefined ? null : peerSchema.parse(row);
    },

    /** Records that the user is asked about somebody. Resolves to false when they were asked before. */
    async askAbout({ id, userId }: Connection, peerId: ChatId, name: string): Promise<boolean> {
      const asked = await database.execute`
        INSERT INTO secretary_peer ("connectionId", "userId", "peerId", name)
        VALUES (${id}::bigint, ${userId}::bigint, ${peerId}::bigint, ${name}) ON CONFLICT DO NOTHING`;
      return asked > 0;
    },

    /** Stores the user's decision about somebody. Resolves to false when the connection is not theirs, or has ended. */
    async decide(id: number, userId: UserId, { peerId, name, isAllowed }: Peer): Promise<boolean> {
      const decided = await database.execute`
        INSERT INTO secretary_peer ("connectionId", "userId", "peerId", name, "isAllowed")
        SELECT c.id, c."userId", ${peerId}::bigint, ${name}, ${isAllowed}::boolean FROM secretary_connection c
         WHERE c.id = ${id}::bigint AND c."userId" = ${userId}::bigint AND c."endedAt" IS NULL
        ON CONFLICT ("connectionId", "peerId") DO UPDATE SET "isAllowed" = EXCLUDED."isAllowed"`;
      return decided > 0;
    },

    /** Returns those about whom the user of a connection has decided. */
    async listPeers(id: number): Promise<Peer[]> {
      const rows = await database.query<unknown[]>`
        SELECT "peerId", name, "isAllowed" FROM secretary_peer
         WHERE "connectionId" = ${id}::bigint AND "isAllowed" IS NOT NULL ORDER BY "peerId" LIMIT ${maxListed}::int`;
      return rows.map((row) => peerSchema.parse(row));
    },
  };
}

/** A row as read from the database. An engine that this version does not know counts as none. */
const connectionSchema: z.ZodType<Connection> = z
  .object({
    id: z.coerce.number(),
    connectionKey: z.string(),
    userId: z.coerce.number(),
    userChatId: z.coerce.number(),
    canReply: z.boolean(),
    endedAt: z.date().nullable(),
    notes: z.enum(noteChoices).catch('none'),
    senders: z.enum(senderChoices).catch('chosen'),
    engine: z.enum(engineIds).nullable().catch(null),
    withFiles: z.boolean(),
    removesDeleted: z.boolean(),
    retentionHours: z.number(),
  })
  .transform(({ endedAt, ...connection }) => ({ ...connection, isEnded: endedAt !== null }));

const peerSchema: z.ZodType<Peer> = z.object({
  peerId: z.coerce.number(),
  name: z.string(),
  isAllowed: z.boolean().nullable(),
});

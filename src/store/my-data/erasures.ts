import { z } from 'zod';
import type { Erasures } from '../../app/my-data/ports.ts';
import type { Database } from '../client.ts';

/** Stores and carries out erasures in PostgreSQL. The transactions are functions in prisma/routines (`forget_…`). */
export function createErasures(database: Database): Erasures {
  return {
    async ask(userId) {
      // An erasure that has already begun continues.
      await database.$executeRaw`
        INSERT INTO erasure ("userId") VALUES (${userId}::bigint)
        ON CONFLICT ("userId") DO UPDATE SET "askedAt" = now() WHERE erasure."begunAt" IS NULL`;
    },

    async withdraw(userId) {
      await database.erasure.deleteMany({ where: { userId, begunAt: null } });
    },

    async begin(userId, languageCode, validMs) {
      const begun = await database.$executeRaw`
        UPDATE erasure SET "begunAt" = now(), "leaseUntil" = now() + interval '1 second', "languageCode" = ${languageCode}
         WHERE "userId" = ${userId}::bigint AND "begunAt" IS NULL AND "askedAt" > now() - milliseconds(${validMs})`;
      return begun > 0;
    },

    async setMessage(userId, messageId) {
      await database.erasure.updateMany({ where: { userId }, data: { messageId } });
    },

    async take(leaseMs) {
      const rows = await database.$queryRaw<unknown[]>`
        UPDATE erasure SET "leaseUntil" = now() + milliseconds(${leaseMs})
         WHERE "userId" = (SELECT "userId" FROM erasure WHERE "begunAt" IS NOT NULL AND "leaseUntil" < now()
                            ORDER BY "leaseUntil" LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING "userId", "languageCode", "messageId", files`;
      return rows[0] === undefined ? null : forgottenSchema.parse(rows[0]);
    },

    async keep(userId, files, leaseMs) {
      await database.$executeRaw`
        UPDATE erasure SET files = files + ${files}::int, "leaseUntil" = now() + milliseconds(${leaseMs})
         WHERE "userId" = ${userId}::bigint`;
    },

    async files(userId, limit) {
      const [row] = await database.$queryRaw<{ files: unknown }[]>`
        SELECT erase_files(${userId}::bigint, ${limit}::int) AS files`;
      return z.array(fileSchema).parse(row?.files);
    },

    async noteMessage(userId, messageId) {
      await database.$executeRaw`
        DELETE FROM private_message WHERE "userId" = ${userId}::bigint AND "sentAt" < now() - interval '2 days'`;
      await database.privateMessage.createMany({ data: [{ userId, messageId }], skipDuplicates: true });
    },

    async messages(userId) {
      const rows = await database.$queryRaw<{ messageId: number }[]>`
        SELECT "messageId" FROM private_message WHERE "userId" = ${userId}::bigint
        UNION SELECT "messageId" FROM bundle WHERE "userId" = ${userId}::bigint AND "messageId" IS NOT NULL`;
      return rows.map(({ messageId }) => messageId);
    },

    async messagesGone(userId, messageIds) {
      await database.privateMessage.deleteMany({ where: { userId, messageId: { in: [...messageIds] } } });
    },

    async account(userId, limit) {
      await database.dialog.deleteMany({ where: { chatId: userId } });
      const [row] = await database.$queryRaw<{ result: unknown }[]>`
        SELECT erase_account(${userId}::bigint, ${limit}::int) AS result`;
      return accountSchema.parse(row?.result);
    },

    async done(userId) {
      await database.erasure.deleteMany({ where: { userId } });
    },

    async prune(limit) {
      const [row] = await database.$queryRaw<{ pruned: number }[]>`
        SELECT erasure_prune(${limit}::int) AS pruned`;
      return row?.pruned ?? 0;
    },
  };
}

const forgottenSchema = z.object({
  userId: z.coerce.number(),
  languageCode: z.string().nullable(),
  messageId: z.number().nullable(),
  files: z.number(),
});

const fileSchema = z.object({ id: z.number(), chatId: z.number(), messageIds: z.array(z.number()) });

const accountSchema = z.object({ left: z.boolean(), stays: z.boolean() });

import { z } from 'zod';
import type { GroupSettings, Groups } from '../../app/groups/ports.ts';
import { allDocumentFormats } from '../../domain/document.ts';
import { engineIds } from '../../domain/engine-names.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';

/** Stores the settings of groups in PostgreSQL. */
export function createGroups(database: Database): Groups {
  const meet = async ({ id, type, title }: Upload['chat']) => {
    await database.chat.upsert({ where: { id }, update: {}, create: { id, type, title } });
  };
  return {
    async settings(chatId) {
      const row = await database.groupSetting.findUnique({ where: { chatId } });
      return settingsSchema.parse(row ?? usual);
    },

    async change(chat, { automaticBy, ...rest }) {
      const change = {
        ...rest,
        ...(automaticBy !== undefined && {
          automatic: automaticBy !== null,
          automaticById: automaticBy,
          spentToldUntil: null,
        }),
      };
      await meet(chat);
      await database.groupSetting.upsert({
        where: { chatId: chat.id },
        update: change,
        create: { ...change, chatId: chat.id },
      });
    },

    async stopAutomatic(chatId, by) {
      const { count } = await database.groupSetting.updateMany({
        where: { chatId, automatic: true, automaticById: by },
        data: { automatic: false, automaticById: null },
      });
      return count > 0;
    },

    async noteSpent(chatId, by, until) {
      const { count } = await database.groupSetting.updateMany({
        where: {
          chatId,
          automaticById: by,
          OR: [{ spentToldUntil: null }, { spentToldUntil: { lt: new Date() } }],
        },
        data: { spentToldUntil: until },
      });
      return count > 0;
    },

    async setFormat(chat, format, isOn) {
      await meet(chat);
      const others = Prisma.sql`array_remove(group_setting.formats, ${format})`;
      await database.$executeRaw`
        INSERT INTO group_setting ("chatId", formats) VALUES (${chat.id}, ${isOn ? [format] : []})
        ON CONFLICT ("chatId") DO UPDATE SET formats = ${isOn ? Prisma.sql`${others} || ${format}::text` : others}`;
    },

    async ownerOf(chatId, messageId) {
      const message = await database.answerMessage.findUnique({
        where: { chatId_messageId: { chatId, messageId } },
        select: { transcription: { select: { userId: true } } },
      });
      return message === null ? null : Number(message.transcription.userId);
    },

    async move(from, to) {
      await database.$executeRaw`SELECT group_move(${from}::bigint, ${to}::bigint)`;
    },

    async open(chatId, limit) {
      // Names the states because the partial index covers exactly these.
      const rows = await database.$queryRaw<{ id: bigint; userId: bigint }[]>`
        SELECT id, "userId" FROM transcription
         WHERE "chatId" = ${chatId}::bigint AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING') ORDER BY id LIMIT ${limit}::int`;
      return rows.map(({ id, userId }) => ({ id: Number(id), userId: Number(userId) }));
    },
  };
}

const usual = { automatic: false, automaticById: null, engine: null, speechLanguage: null, formats: [] };

/** Group settings as read from the database. Values that this version does not know count as not set. */
const settingsSchema: z.ZodType<GroupSettings> = z
  .object({
    automatic: z.boolean(),
    automaticById: z.coerce.number().nullable(),
    engine: z.enum(engineIds).nullable().catch(null),
    speechLanguage: z.string().nullable(),
    formats: z
      .array(z.string())
      .transform((names) => allDocumentFormats.filter((format) => names.includes(format))),
  })
  .transform(({ automatic, automaticById, ...rest }) => ({
    ...rest,
    automaticBy: automatic ? automaticById : null,
    ...(automatic && automaticById === null && { isAbandoned: true }),
  }));

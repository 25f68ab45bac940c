import sql from 'sql-template-tag';
import { z } from 'zod';
import { type DocumentFormat, documentFormats } from '../../domain/document.ts';
import { type EngineId, engineIds } from '../../domain/engine-names.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Transcription, Upload } from '../../domain/transcription.ts';
import type { Database } from '../../store/client.ts';

/** Settings of a group, chosen by its admins. */
export type GroupSettings = {
  /**
   * The admin who switched on automatic transcription of every voice message, and who pays for it; null: the bot
   * transcribes only on request.
   */
  readonly automaticBy: UserId | null;
  /** True when the account of that admin was deleted and the group was not told yet. */
  readonly isAbandoned?: boolean;
  /** Engine that is used without asking; null: the requesting user's. */
  readonly engine: EngineId | null;
  /** Language of the audio; null: the requesting user's. */
  readonly speechLanguage: string | null;
  /** Documents sent with every transcript. */
  readonly formats: readonly DocumentFormat[];
};

/** Groups with the bot in them. */
export type Groups = ReturnType<typeof createGroups>;

/** Stores the settings of groups in PostgreSQL, and finds the transcriptions in a group. */
export function createGroups(database: Database) {
  const upsertChat = async ({ id, type, title }: Upload['chat']) => {
    await database.execute`
      INSERT INTO chat (id, type, title) VALUES (${id}::bigint, ${type}, ${title}) ON CONFLICT DO NOTHING`;
  };
  return {
    /** Returns a group's settings; the defaults when its admins chose none. */
    async settings(chatId: ChatId): Promise<GroupSettings> {
      const [row] = await database.query<unknown[]>`
        SELECT automatic, "automaticById", engine, "speechLanguage", formats
          FROM group_setting WHERE "chatId" = ${chatId}::bigint`;
      return settingsSchema.parse(row ?? usual);
    },

    /** Changes the settings that are given. */
    async change(
      chat: Upload['chat'],
      { automaticBy, engine, speechLanguage }: Partial<Omit<GroupSettings, 'formats' | 'isAbandoned'>>,
    ): Promise<void> {
      await upsertChat(chat);
      await database.execute`
        INSERT INTO group_setting AS present ("chatId", automatic, "automaticById", engine, "speechLanguage")
        VALUES (${chat.id}::bigint, ${automaticBy != null}, ${automaticBy ?? null}::bigint, ${engine ?? null},
                ${speechLanguage ?? null})
        ON CONFLICT ("chatId") DO UPDATE SET
          automatic = CASE WHEN ${automaticBy !== undefined} THEN EXCLUDED.automatic ELSE present.automatic END,
          "automaticById" = CASE WHEN ${automaticBy !== undefined} THEN EXCLUDED."automaticById"
                                 ELSE present."automaticById" END,
          "spentToldUntil" = CASE WHEN ${automaticBy !== undefined} THEN NULL ELSE present."spentToldUntil" END,
          engine = CASE WHEN ${engine !== undefined} THEN EXCLUDED.engine ELSE present.engine END,
          "speechLanguage" = CASE WHEN ${speechLanguage !== undefined} THEN EXCLUDED."speechLanguage"
                                  ELSE present."speechLanguage" END`;
    },

    /**
     * Ends automatic mode if this admin enabled it; null: an admin whose account was deleted. Resolves to false when it
     * has ended already, or another admin has enabled it.
     */
    async stopAutomatic(chatId: ChatId, by: UserId | null): Promise<boolean> {
      const stopped = await database.execute`
        UPDATE group_setting SET automatic = false, "automaticById" = NULL
         WHERE "chatId" = ${chatId}::bigint AND automatic AND "automaticById" IS NOT DISTINCT FROM ${by}::bigint`;
      return stopped > 0;
    },

    /** Notes that the admin's minutes are used up until then. Resolves to false when the group was told already. */
    async recordSpentNotice(chatId: ChatId, by: UserId, until: Date): Promise<boolean> {
      const noted = await database.execute`
        UPDATE group_setting SET "spentToldUntil" = ${until}
         WHERE "chatId" = ${chatId}::bigint AND "automaticById" = ${by}::bigint
           AND ("spentToldUntil" IS NULL OR "spentToldUntil" < now())`;
      return noted > 0;
    },

    /** Adds or removes one format; two admins at the same time do not undo each other's changes. */
    async setFormat(chat: Upload['chat'], format: DocumentFormat, isOn: boolean): Promise<void> {
      await upsertChat(chat);
      const others = sql`array_remove(group_setting.formats, ${format})`;
      await database.execute`
        INSERT INTO group_setting ("chatId", formats) VALUES (${chat.id}, ${isOn ? [format] : []})
        ON CONFLICT ("chatId") DO UPDATE SET formats = ${isOn ? sql`${others} || ${format}::text` : others}`;
    },

    /** Returns the owner of the transcription that a message of the bot belongs to; null when it belongs to none. */
    async ownerOf(chatId: ChatId, messageId: number): Promise<UserId | null> {
      const [row] = await database.query<{ userId: bigint }[]>`
        SELECT t."userId" FROM answer_message a JOIN transcription t ON t.id = a."transcriptionId"
         WHERE a."chatId" = ${chatId}::bigint AND a."messageId" = ${messageId}::int`;
      return row === undefined ? null : Number(row.userId);
    },

    /** Moves transcriptions, answers and settings of a group that became a supergroup. A second call changes nothing. */
    async move(from: ChatId, to: ChatId): Promise<void> {
      await database.execute`SELECT group_move(${from}::bigint, ${to}::bigint)`;
    },

    /** Returns transcriptions of the group that have not ended, at most `limit`. */
    async listOpen(chatId: ChatId, limit: number): Promise<Pick<Transcription, 'id' | 'userId'>[]> {
      // Names the states because the partial index covers exactly these.
      const rows = await database.query<{ id: bigint; userId: bigint }[]>`
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
      .transform((names) => documentFormats.filter((format) => names.includes(format))),
  })
  .transform(({ automatic, automaticById, ...rest }) => ({
    ...rest,
    automaticBy: automatic ? automaticById : null,
    ...(automatic && automaticById === null && { isAbandoned: true }),
  }));

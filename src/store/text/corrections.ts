import { z } from 'zod';
import type { Change, Corrections } from '../../app/text/ports.ts';
import { maxEntries } from '../../domain/glossary.ts';
import { type Segment, transcriptText } from '../../domain/transcript.ts';
import type { Database } from '../client.ts';
import { transcriptionSchema } from '../rows.ts';
import { changedSegmentsSchema, clipSchema, segmentsSchema } from '../stored-json.ts';

/** Stores corrections in PostgreSQL and applies them to transcripts. */
export function createCorrections(database: Database): Corrections {
  return {
    async fileOf(chatId, messageId, userId) {
      const rows = await database.$queryRaw<{ file: unknown; clip: unknown }[]>`
        SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") AS file, d.payload AS clip
          FROM answer_message m
          JOIN transcription t ON t.id = m."transcriptionId" AND t."userId" = ${userId}::bigint
          JOIN "user" u ON u.id = t."userId"
          LEFT JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = m.kind AND d.part = m.part AND d.kind = 'clip'
         WHERE m."chatId" = ${chatId}::bigint AND m."messageId" = ${messageId}::int`;
      const [row] = rows;
      if (row === undefined) return null;
      const clip = clipSchema.nullable().parse(row.clip);
      return { file: transcriptionSchema.parse(row.file), clip };
    },

    async note(id, chatId, messageId) {
      await database.$executeRaw`
        INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind)
        SELECT ${chatId}::bigint, ${messageId}::int, id, 'note' FROM transcription WHERE id = ${id}::bigint
        ON CONFLICT DO NOTHING`;
    },

    async read(id, userId) {
      const row = await database.transcript.findFirst({
        where: { transcriptionId: id, transcription: { userId } },
      });
      if (row === null) return null;
      const { language, languageProbability, revision } = row;
      const segments = segmentsSchema.parse(row.segments);
      return { revision, transcript: { language, languageProbability, segments } };
    },

    async together(id, userId) {
      const rows = await database.$queryRaw<{ id: bigint }[]>`
        SELECT other.id FROM transcription t JOIN transcription other ON other."bundleId" = t."bundleId"
          JOIN bundle b ON b.id = t."bundleId" AND b.state = 'DONE'
         WHERE t.id = ${id}::bigint AND t."userId" = ${userId}::bigint ORDER BY other."sentAt", other.id`;
      return rows.map((row) => Number(row.id));
    },

    async apply(id, userId, revision, change) {
      const rows = await database.$queryRaw<{ result: unknown }[]>`
        SELECT correction_apply(${id}::bigint, ${userId}::bigint, ${revision}::int,
                                ${JSON.stringify(record(change))}::jsonb) AS result`;
      return appliedSchema.parse(rows[0]?.result);
    },

    async find(correction, userId) {
      const row = await database.correction.findFirst({
        where: { id: correction, transcription: { userId } },
      });
      if (row === null) return null;
      return {
        transcriptionId: Number(row.transcriptionId),
        before: changedSegmentsSchema.parse(row.before),
      };
    },

    async undo(correction, userId, revision, segments) {
      const rows = await database.$queryRaw<{ result: unknown }[]>`
        SELECT correction_undo(${correction}::bigint, ${userId}::bigint, ${revision}::int,
                               ${JSON.stringify(written(segments))}::jsonb) AS result`;
      return undoSchema.parse(rows[0]?.result);
    },

    async forget(correction, userId) {
      const rows = await database.$queryRaw<{ result: boolean }[]>`
        SELECT correction_forget(${correction}::bigint, ${userId}::bigint) AS result`;
      return rows[0]?.result ?? false;
    },
  };
}

function record({ segments, done, before, learn }: Change): object {
  return {
    ...written(segments),
    pairs: done,
    before,
    places: before.map(({ place }) => place),
    learn,
    mostLearnt: maxEntries,
  };
}

function written(segments: readonly Segment[]): object {
  return { text: transcriptText({ language: null, languageProbability: null, segments }), segments };
}

const appliedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('corrected'), id: z.number(), learnt: z.boolean().nullable() }),
  z.object({ outcome: z.literal('stale') }),
  z.object({ outcome: z.literal('unknown') }),
]);

const undoSchema = z.enum(['undone', 'already', 'later', 'stale', 'unknown']);

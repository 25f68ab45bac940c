import { z } from 'zod';
import type { Correction, RestOfPlaces } from '../../domain/correction/correct.ts';
import type { Clip } from '../../domain/delivery.ts';
import { maxEntries } from '../../domain/glossary.ts';
import type { ChatId, TranscriptionId, UserId } from '../../domain/ids.ts';
import { type Segment, type Transcript, transcriptText } from '../../domain/transcript.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Database } from '../../store/client.ts';
import { transcriptionSchema } from '../../store/rows.ts';
import { clipSchema, segmentSchema, segmentsSchema } from '../../store/stored-json.ts';
import type { Lesson } from './select-worth-learning.ts';

/** A message of the bot and its transcription. */
export type AnswerMessage = {
  readonly file: Transcription;
  /** The word of the clip; null when the message is no clip. */
  readonly clip: Clip | null;
};

/** The current transcript. */
export type ReadTranscript = {
  readonly transcript: Transcript;
  /** Number of the current version; a change names the version that it read. */
  readonly revision: number;
};

/** A correction with its number of places. */
export type CorrectedPlaces = Correction & { readonly places: number };

/** Changes that a correction makes to a transcript. */
export type Change = {
  readonly segments: readonly Segment[];
  readonly done: readonly CorrectedPlaces[];
  /** The previous segments, by index. */
  readonly before: readonly { readonly place: number; readonly segment: Segment }[];
  /** Spellings for the glossary. */
  readonly learn: readonly Lesson[];
  readonly rest?: RestOfPlaces;
};

/** `learnt`: null when there was nothing to learn, false when the glossary is full. */
export type ApplyResult =
  | { readonly outcome: 'corrected'; readonly id: number; readonly learnt: boolean | null }
  | { readonly outcome: 'stale' }
  | { readonly outcome: 'unknown' };

/** A correction that can be undone. */
export type MadeCorrection = Pick<Change, 'before' | 'done' | 'rest'> & {
  readonly transcriptionId: TranscriptionId;
};

/** `later`: a later correction changed the same segments. */
export type UndoResult = 'undone' | 'already' | 'later' | 'stale' | 'unknown';

/** Transcripts and the corrections of their users. */
export type Corrections = ReturnType<typeof createCorrections>;

/**
 * Stores corrections in PostgreSQL and applies them to transcripts. The database checks whose the transcripts are.
 */
export function createCorrections(database: Database) {
  return {
    /** Returns the transcription of a message of the bot, if it belongs to this user. */
    async fileOf(chatId: ChatId, messageId: number, userId: UserId): Promise<AnswerMessage | null> {
      const rows = await database.query<{ file: unknown; clip: unknown }[]>`
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

    /**
     * Links a message to a transcription: replies to it are understood, and it is deleted with the
     * transcription.
     */
    async recordMessage(id: TranscriptionId, chatId: ChatId, messageId: number): Promise<void> {
      await database.execute`
        INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind)
        SELECT ${chatId}::bigint, ${messageId}::int, id, 'note' FROM transcription WHERE id = ${id}::bigint
        ON CONFLICT DO NOTHING`;
    },

    /** Returns the user's transcript as it is now; null when there is none. */
    async read(id: TranscriptionId, userId: UserId): Promise<ReadTranscript | null> {
      const [row] = await database.query<TranscriptRow[]>`
        SELECT tr.language, tr."languageProbability", tr.revision, tr.segments
          FROM transcript tr JOIN transcription t ON t.id = tr."transcriptionId"
         WHERE t.id = ${id}::bigint AND t."userId" = ${userId}::bigint`;
      if (row === undefined) return null;
      const { language, languageProbability, revision } = row;
      const segments = segmentsSchema.parse(row.segments);
      return { revision, transcript: { language, languageProbability, segments } };
    },

    /**
     * Returns the other transcriptions in the same document, in the order in which they were sent;
     * empty when there is none.
     */
    async listBundled(id: TranscriptionId, userId: UserId): Promise<readonly TranscriptionId[]> {
      const rows = await database.query<{ id: bigint }[]>`
        SELECT other.id FROM transcription t JOIN transcription other ON other."burstId" = t."burstId" AND other.id <> t.id
          JOIN burst b ON b.id = t."burstId" AND b.state = 'BUNDLED'
         WHERE t.id = ${id}::bigint AND t."userId" = ${userId}::bigint ORDER BY other."sentAt", other.id`;
      return rows.map((row) => Number(row.id));
    },

    /** Changes a transcript, unless it is no longer in the revision that was read. */
    async apply(id: TranscriptionId, userId: UserId, revision: number, change: Change): Promise<ApplyResult> {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT correction_apply(${id}::bigint, ${userId}::bigint, ${revision}::int,
                                ${JSON.stringify(record(change))}::jsonb) AS result`;
      return appliedSchema.parse(rows[0]?.result);
    },

    /** Returns a correction of this user; null when there is none with this id. */
    async find(correction: number, userId: UserId): Promise<MadeCorrection | null> {
      const [row] = await database.query<{ transcriptionId: bigint; before: unknown; pairs: unknown }[]>`
        SELECT c."transcriptionId", c.before, c.pairs
          FROM correction c JOIN transcription t ON t.id = c."transcriptionId"
         WHERE c.id = ${correction}::bigint AND t."userId" = ${userId}::bigint`;
      if (row === undefined) return null;
      const pairs = pairsSchema.parse(row.pairs);
      const rest = pairs.find((pair) => pair.rest !== undefined)?.rest;
      return {
        transcriptionId: Number(row.transcriptionId),
        before: beforeSchema.parse(row.before),
        done: pairs.map(({ wrong, right, places }) => ({ wrong, right, places })),
        ...(rest && { rest }),
      };
    },

    /**
     * Undoes a correction.
     * @param segments of the transcript after the undo
     */
    async undo(
      correction: number,
      userId: UserId,
      revision: number,
      segments: readonly Segment[],
    ): Promise<UndoResult> {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT correction_undo(${correction}::bigint, ${userId}::bigint, ${revision}::int,
                               ${JSON.stringify(written(segments))}::jsonb) AS result`;
      return undoSchema.parse(rows[0]?.result);
    },

    /**
     * Adds spellings of a correction of this user to the glossary. Resolves to false when the glossary is full, and to
     * null when there is no such correction or no spelling.
     */
    async remember(correction: number, userId: UserId, lessons: readonly Lesson[]): Promise<boolean | null> {
      const rows = await database.query<{ learnt: boolean | null }[]>`
        SELECT bool_and(glossary_learn(${userId}::bigint, lesson->>'wrong', lesson->>'right', true, ${maxEntries}::int) = 'learnt') AS learnt
          FROM correction c
          JOIN transcription t ON t.id = c."transcriptionId" AND t."userId" = ${userId}::bigint
          CROSS JOIN LATERAL jsonb_array_elements(${JSON.stringify(lessons)}::jsonb) AS lesson
         WHERE c.id = ${correction}::bigint`;
      return rows[0]?.learnt ?? null;
    },

    /** Deletes what was learnt from a correction. Resolves to false when there is no such correction. */
    async forget(correction: number, userId: UserId): Promise<boolean> {
      const rows = await database.query<{ result: boolean }[]>`
        SELECT correction_forget(${correction}::bigint, ${userId}::bigint) AS result`;
      return rows[0]?.result ?? false;
    },
  };
}

function record({ segments, done, before, learn, rest }: Change): object {
  return {
    ...written(segments),
    // With the first pair, because it belongs to the whole correction.
    pairs: done.map((pair, index) => (index === 0 && rest !== undefined ? { ...pair, rest } : pair)),
    before,
    places: before.map(({ place }) => place),
    learn,
    maxLearnt: maxEntries,
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

/** `correction.before` */
const beforeSchema: z.ZodType<Change['before']> = z.array(
  z.looseObject({ place: z.number(), segment: segmentSchema }),
);

const pairSchema = z.looseObject({ wrong: z.string(), right: z.string(), places: z.number() });

/** `correction.pairs` */
const pairsSchema = z.array(pairSchema.extend({ rest: pairSchema.exactOptional() }));

type TranscriptRow = {
  readonly language: string | null;
  readonly languageProbability: number | null;
  readonly revision: number;
  readonly segments: unknown;
};

import { z } from 'zod';
import type { FileStory } from '../../app/admin/file-ports.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import { transcriptionStates } from '../../domain/transcription.ts';
import type { Database } from '../client.ts';

/**
 * Maximum number of state changes, and of messages, on one page; a transcription rarely has more
 * than ten of each.
 */
const maxShown = 200;

/**
 * Reads the story of one transcription: state changes, messages, delivery, error and usage. Null
 * when it does not exist.
 */
export async function readFileStory(database: Database, id: TranscriptionId): Promise<FileStory | null> {
  const [row] = await database.query<{ story: unknown }[]>`
    SELECT jsonb_build_object(
      'changes', (SELECT COALESCE(jsonb_agg(jsonb_build_object('at', at, 'to', "toState", 'holder', holder, 'errorCode', "errorCode") ORDER BY id), '[]')
                    FROM (SELECT * FROM state_change WHERE "transcriptionId" = t.id ORDER BY id DESC LIMIT ${maxShown}::int) AS latest),
      -- Without the payload, which holds the transcript.
      'messages', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', kind, 'part', part, 'sentAt', "sentAt") ORDER BY "sentAt" NULLS LAST, kind, part), '[]')
                     FROM (SELECT * FROM delivery WHERE "transcriptionId" = t.id LIMIT ${maxShown}::int) AS sent),
      'delivery', CASE WHEN t."deliverAfter" IS NOT NULL OR t."deliverGaveUpAt" IS NOT NULL
                       THEN jsonb_build_object('since', COALESCE(t."unsentSince", t."finishedAt"), 'attempts', t."deliverAttempts",
                                               'nextAt', t."deliverAfter", 'error', t."deliverError") END,
      'error', CASE WHEN t."errorCode" IS NOT NULL
                    THEN jsonb_build_object('code', t."errorCode", 'details', COALESCE(t."errorDetails", '{}')) END,
      'usage', to_jsonb(g),
      'before', CASE WHEN t.state = 'PENDING' THEN lane_before(t."userId", t.seq) END) AS story
      FROM transcription t LEFT JOIN usage g ON g."transcriptionId" = t.id WHERE t.id = ${id}::bigint`;
  return row === undefined ? null : storySchema.parse(row.story);
}

const moment = z.string().transform((text) => new Date(text));

const storySchema: z.ZodType<FileStory> = z.object({
  changes: z.array(
    z.object({
      at: moment,
      to: z.enum(transcriptionStates),
      holder: z.string().nullable(),
      errorCode: z.string().nullable(),
    }),
  ),
  messages: z.array(z.object({ kind: z.string(), part: z.number(), sentAt: moment.nullable() })),
  delivery: z
    .object({
      since: moment.nullable(),
      attempts: z.number(),
      nextAt: moment.nullable(),
      error: z.string().nullable(),
    })
    .nullable(),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  usage: z
    .object({
      audioSeconds: z.number(),
      downloadMs: z.number(),
      decodeMs: z.number(),
      transcribeMs: z.number(),
      cost: z.number().nullable(),
      currency: z.string().nullable(),
    })
    .nullable(),
  before: z.number().nullable(),
});

import { z } from 'zod';
import { documentFormats } from '../domain/document.ts';
import { choiceValues, type DocumentChoice, defaultChoice } from '../domain/document-choice.ts';
import { engineIds } from '../domain/engine-names.ts';
import { offeredZones } from '../domain/time-zone.ts';
import {
  compactAnswer,
  type Job,
  mediaKinds,
  purposes,
  type Token,
  type Transcription,
  transcriptionStates,
} from '../domain/transcription.ts';

/** Shapes of the JSON that the lane's functions return. A change of shape then fails at once, with a clear error. */

export const stateSchema = z.enum(transcriptionStates);

export const tokenSchema: z.ZodType<Token> = z.object({
  id: z.number(),
  fence: z.number(),
  engine: z.enum(engineIds),
});

/** What `quota_refusal` returns: the quota that is used up. */
export const spentSchema = z.object({
  outcome: z.literal('spent'),
  period: z.enum(['day', 'month']),
  minutes: z.number(),
  again: z
    .string()
    .nullable()
    .transform((moment) => (moment === null ? null : new Date(moment))),
});

const transcriptionShape = {
  id: z.number(),
  userId: z.number(),
  chatId: z.number(),
  messageId: z.number(),
  threadId: z.number().nullable(),
  statusMessageId: z.number().nullable(),
  state: stateSchema,
  kind: z.enum(mediaKinds),
  fileId: z.string(),
  fileName: z.string().nullable(),
  fileSize: z.number().nullable(),
  announcedSeconds: z.number().nullable(),
  senderName: z.string().nullable(),
  sentAt: z.string().transform((text) => new Date(text)),
  engine: z.enum(engineIds).nullable(),
  language: z.string().nullable(),
  attempts: z.number(),
  copyOf: z.number().nullable(),
  burstId: z.number().nullable().exactOptional(),
  languageCode: z.string().nullable(),
  purpose: z.enum(purposes).nullish(),
};

export const transcriptionSchema: z.ZodType<Transcription> = z.object(transcriptionShape);

const chosen = <Value extends string>([usual, ...others]: readonly [Value, ...Value[]]) =>
  z.enum([usual, ...others]).catch(usual);

/** The choice of documents as read from the database. A value that this version does not know counts as not set. */
export const documentChoiceSchema: z.ZodType<DocumentChoice> = z.preprocess(
  (kept) => kept ?? {},
  z
    .object({
      formats: z.array(z.string()).catch([...defaultChoice.formats]),
      spelling: chosen(choiceValues.spelling),
      digits: chosen(choiceValues.digits),
      speakers: chosen(choiceValues.speakers),
      page: chosen(choiceValues.page),
      lines: chosen(choiceValues.lines),
      times: chosen(choiceValues.times),
      lowConfidence: chosen(choiceValues.lowConfidence),
      word: chosen(choiceValues.word),
      timeZone: z.enum(offeredZones).optional().catch(undefined),
      lastFormat: z.enum(documentFormats).optional().catch(undefined),
    })
    .transform(({ formats, timeZone, lastFormat, ...look }) => ({
      ...look,
      ...(timeZone !== undefined && { timeZone }),
      ...(lastFormat !== undefined && { lastFormat }),
      formats: documentFormats.filter((format) => formats.includes(format)),
      ...(formats.includes(compactAnswer) && { isCompact: true as const }),
    })),
);

export const jobSchema: z.ZodType<Job> = z.object({
  ...transcriptionShape,
  engine: z.enum(engineIds),
  fence: z.number(),
  hasChunks: z.boolean(),
  hasGlossary: z.boolean(),
  waitedSeconds: z.number(),
  startedSeconds: z.number(),
  documents: documentChoiceSchema,
  speakers: z.number().nullable(),
});

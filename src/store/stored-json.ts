import { z } from 'zod';
import type { RangeTranscript } from '../app/ports/chunks.ts';
import type { Delivery } from '../domain/delivery.ts';
import { documentFormats } from '../domain/document.ts';
import { choiceValues } from '../domain/document-choice.ts';
import { engineIds } from '../domain/engine-names.ts';
import { type ErrorCode, isErrorCode } from '../domain/errors.ts';
import type { Segment, Word } from '../domain/transcript.ts';
import { understoodFiles } from '../domain/understanding.ts';

/**
 * The shapes of JSONB columns: transcripts, chunks and deliveries. Objects are loose: a field that a newer
 * release has added stays when this one writes the value back.
 */

const wordSchema: z.ZodType<Word> = z.looseObject({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  probability: z.number().nullable(),
});

/** A segment, as transcripts and corrections store it. */
export const segmentSchema: z.ZodType<Segment> = z.looseObject({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  words: z.array(wordSchema),
  averageLogProbability: z.number().nullable(),
  noSpeechProbability: z.number().nullable(),
  compressionRatio: z.number().nullable(),
  speaker: z.string().exactOptional(),
  mergedInto: z.string().exactOptional(),
  speakerName: z.string().exactOptional(),
  speakerGuess: z.string().exactOptional(),
  engine: z.enum(engineIds).exactOptional(),
  hallucination: z.enum(['loop', 'silence']).exactOptional(),
  beforeGlossary: z
    .looseObject({
      text: z.string(),
      words: z.array(wordSchema),
      replaced: z.array(z.looseObject({ wrong: z.string(), right: z.string() })),
    })
    .exactOptional(),
});

/** `transcript.segments` */
export const segmentsSchema = z.array(segmentSchema);

/** `chunk.transcript` */
export const transcribedChunkSchema: z.ZodType<RangeTranscript> = z.looseObject({
  from: z.number(),
  to: z.number(),
  language: z.string().nullable(),
  languageProbability: z.number().nullable(),
  segments: segmentsSchema,
  detected: z.looseObject({ language: z.string(), probability: z.number() }).exactOptional(),
  cost: z.looseObject({ amount: z.number(), currency: z.enum(['USD', 'IRT']) }).nullable(),
});

const formatsSchema = z.array(z.enum(documentFormats));

const isCompactSchema = z.literal(true).exactOptional();
const choices = {
  spelling: z.enum(choiceValues.spelling),
  digits: z.enum(choiceValues.digits),
  speakers: z.enum(choiceValues.speakers),
  page: z.enum(choiceValues.page),
  lines: z.enum(choiceValues.lines),
  times: z.enum(choiceValues.times),
  lowConfidence: z.enum(choiceValues.lowConfidence),
  word: z.enum(choiceValues.word),
  // Payloads of before the setting existed have none.
  summary: z.enum(choiceValues.summary).default('after'),
};

/** Albums of older versions have their formats alone. */
const albumSchema = z.looseObject({
  formats: formatsSchema,
  isCompact: isCompactSchema,
  spelling: choices.spelling.exactOptional(),
  digits: choices.digits.exactOptional(),
  speakers: choices.speakers.exactOptional(),
  page: choices.page.exactOptional(),
  lines: choices.lines.exactOptional(),
  times: choices.times.exactOptional(),
  lowConfidence: choices.lowConfidence.exactOptional(),
  word: choices.word.exactOptional(),
  summary: z.enum(choiceValues.summary).exactOptional(),
  timeZone: z.string().exactOptional(),
  lastFormat: z.enum(documentFormats).exactOptional(),
});

/** `delivery.payload` of a clip. */
export const clipSchema = z.looseObject({
  word: z.string(),
  start: z.number(),
  end: z.number(),
  speaker: z.string().exactOptional(),
  isMoment: z.literal(true).exactOptional(),
});

const answerTextSchema = z.looseObject({
  text: z.string(),
  isQuote: z.boolean(),
  marks: z.array(z.looseObject({ from: z.number(), to: z.number() })).exactOptional(),
});

const errorCodeSchema = z.custom<ErrorCode>(isErrorCode);

/** The views with which a transcription ends; no other is stored. */
export const endViewSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('cancelled') }),
  z.looseObject({
    kind: z.literal('failed'),
    code: errorCodeSchema,
    details: z.record(z.string(), z.union([z.string(), z.number()])),
    isAnnounced: z.boolean().exactOptional(),
  }),
  z.looseObject({
    kind: z.literal('completed'),
    durationSeconds: z.number(),
    lostSeconds: z.number().exactOptional(),
    otherLanguage: z.looseObject({ detected: z.string(), asked: z.string() }).exactOptional(),
    wallSeconds: z.number().exactOptional(),
    isReused: z.boolean().exactOptional(),
    isBundled: z.boolean().exactOptional(),
    engineName: z.string(),
    formats: formatsSchema.exactOptional(),
    lastFormat: z.enum(documentFormats).exactOptional(),
    lowConfidence: z.number().exactOptional(),
    replaced: z.number().exactOptional(),
    isExcerpt: z.boolean().exactOptional(),
    isWithoutSpeakers: z.boolean().exactOptional(),
    hasSpeakers: z.boolean().exactOptional(),
    isCompact: z.boolean().exactOptional(),
    answer: answerTextSchema.exactOptional(),
    isAnnounced: z.boolean().exactOptional(),
  }),
]);

const part = z.number();

/** A row of `delivery`: its kind decides the shape of its payload. */
export const deliverySchema: z.ZodType<Delivery> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    part,
    payload: z.looseObject({
      text: z.string(),
      isQuote: z.boolean().exactOptional(),
      marks: z.array(z.looseObject({ from: z.number(), to: z.number() })).exactOptional(),
    }),
  }),
  z.object({ kind: z.literal('album'), part, payload: albumSchema }),
  z.object({
    kind: z.literal('times'),
    part,
    payload: z.looseObject({
      formats: formatsSchema,
      isCompact: isCompactSchema,
      timeZone: z.string().exactOptional(),
      lastFormat: z.enum(documentFormats).exactOptional(),
      ...choices,
    }),
  }),
  z.object({
    kind: z.literal('bundle'),
    part,
    payload: z.looseObject({
      bundle: z.number(),
      what: z.enum(['text', 'files']),
      formats: formatsSchema.exactOptional(),
    }),
  }),
  z.object({ kind: z.literal('status'), part, payload: endViewSchema }),
  z.object({ kind: z.literal('clip'), part, payload: clipSchema }),
  z.object({
    kind: z.literal('voice'),
    part,
    payload: z.looseObject({ speaker: z.string(), name: z.string() }),
  }),
  z.object({
    kind: z.literal('understood'),
    part,
    payload: z.looseObject({ task: z.number(), file: z.enum(understoodFiles) }),
  }),
  z.object({ kind: z.literal('revision'), part, payload: z.looseObject({ revision: z.number() }) }),
]);

import { z } from 'zod';
import { DabirError } from '../../domain/errors.ts';
import type { Segment } from '../../domain/transcript.ts';

/** Events of the child process; transcriber.py has the other side. */
const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('segment'),
    id: z.number(),
    start: z.number(),
    end: z.number(),
    text: z.string(),
    words: z.array(
      z.object({
        word: z.string(),
        start: z.number(),
        end: z.number(),
        probability: z.number().nullable(),
      }),
    ),
    avg_logprob: z.number().nullable(),
    no_speech_prob: z.number().nullable(),
    compression_ratio: z.number().nullable(),
    /** Language of words without punctuation and digits. */
    unwritten: z.string().nullish(),
  }),
  z.object({
    type: z.literal('done'),
    id: z.number(),
    language: z.string().nullable(),
    language_probability: z.number().nullable(),
    detected: z.object({ language: z.string(), probability: z.number() }).nullish(),
    lost_times: z.boolean().optional(),
  }),
  z.object({
    type: z.literal('error'),
    id: z.number(),
    code: z.enum(['rejected', 'failed']),
    message: z.string(),
  }),
]);

export type TranscriberEvent = z.infer<typeof eventSchema>;
export type SegmentEvent = TranscriberEvent & { readonly type: 'segment' };

/** A request to the child for one chunk; sent as one line. */
export type TranscriberJob = {
  readonly id: number;
  readonly path: string;
  readonly language: string | null;
  /** Also detects the language, although one is given. */
  readonly checks_language: boolean;
  /** The language is that of an earlier chunk; models of single languages do not rely on it. */
  readonly is_guessed: boolean;
  readonly hotwords: string | null;
  /** A second attempt, with settings that prevent repetition loops and find lost times. */
  readonly careful: boolean;
};

/** Returns the line that sends a request to the child. */
export function formatJob(job: TranscriberJob): string {
  return `${JSON.stringify(job)}\n`;
}

/**
 * Parses one line of the child's output.
 * @throws DabirError `engine_failed` if it is not an event
 */
export function parseEvent(line: string): TranscriberEvent {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    throw new DabirError('engine_failed', `the LOCAL engine printed nonsense: ${line.slice(0, 200)}`);
  }
  const result = eventSchema.safeParse(data);
  if (result.success) return result.data;
  throw new DabirError('engine_failed', `the LOCAL engine printed an unknown event: ${line.slice(0, 200)}`);
}

/** Converts an event to a segment. */
export function toSegment(event: SegmentEvent): Segment {
  return {
    start: event.start,
    end: event.end,
    text: event.text.trim(),
    words: event.words.map(({ word, start, end, probability }) => ({
      text: word.trim(),
      start,
      end,
      probability,
    })),
    averageLogProbability: event.avg_logprob,
    noSpeechProbability: event.no_speech_prob,
    compressionRatio: event.compression_ratio,
  };
}

import { z } from 'zod';
import type { AudioChunk, ChunkTranscript } from '../domain/engine.ts';
import type { Segment } from '../domain/transcript.ts';
import { toLanguageCode } from './language-code.ts';
import { optionalNumber, optionalText } from './read-response.ts';
import { untimedSegments } from './words-to-segments.ts';

const wordSchema = z.object({
  word: optionalText,
  // LocalAI's name of the field.
  text: optionalText,
  start: z.number(),
  end: z.number(),
  probability: optionalNumber,
});

const segmentSchema = z.object({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  speaker: optionalText,
  avg_logprob: optionalNumber,
  no_speech_prob: optionalNumber,
  compression_ratio: optionalNumber,
  words: z.array(wordSchema).nullish().catch(null),
});

/** The response to a transcription, in any of the three formats. */
export const openAiResponseSchema = z.object({
  text: z.string(),
  language: optionalText,
  // gpt-transcribe returns all languages that it detected, or none.
  languages: z.array(z.string()).nullish().catch(null),
  // Of each token, for the models without times.
  logprobs: z
    .array(z.object({ logprob: z.number() }))
    .nullish()
    .catch(null),
  segments: z.array(segmentSchema).nullish().catch(null),
  words: z.array(wordSchema).nullish().catch(null),
});

/** Converts a response to a transcript; `asked` is the language of the request. */
export function transcriptOfResponse(
  response: z.infer<typeof openAiResponseSchema>,
  chunk: AudioChunk,
  asked: string | null,
): ChunkTranscript {
  const segments = response.segments ?? [];
  const words = response.words ?? segments.flatMap((segment) => segment.words ?? []);
  return {
    language: toLanguageCode(response.language ?? response.languages?.[0]) ?? asked,
    languageProbability: null,
    segments:
      segments.length === 0
        ? untimedSegments(response.text, chunk.durationSeconds).map((segment) => ({
            ...segment,
            averageLogProbability: meanOf((response.logprobs ?? []).map(({ logprob }) => logprob)),
          }))
        : segments.map((segment, index) => toSegment(segment, words, segments[index + 1]?.start)),
    cost: null,
  };
}

function meanOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function toSegment(
  segment: z.infer<typeof segmentSchema>,
  words: readonly z.infer<typeof wordSchema>[],
  next: number | undefined,
): Segment {
  const { start, end, text, speaker } = segment;
  // Words are listed apart from the segments; a word belongs to the segment that contains its middle.
  const own = words.filter((word) => {
    const middle = (word.start + word.end) / 2;
    return middle >= start && middle < Math.max(end, Math.min(next ?? end, end + 0.5));
  });
  return {
    start,
    end,
    text: text.trim(),
    words: own.flatMap((word) => {
      const spoken = (word.word ?? word.text ?? '').trim();
      return spoken === ''
        ? []
        : [{ text: spoken, start: word.start, end: word.end, probability: word.probability ?? null }];
    }),
    averageLogProbability: segment.avg_logprob ?? null,
    noSpeechProbability: segment.no_speech_prob ?? null,
    compressionRatio: segment.compression_ratio ?? null,
    ...(speaker == null ? {} : { speaker }),
  };
}

import { z } from 'zod';
import type { ChunkTranscript } from '../domain/engine.ts';
import { toLanguageCode } from './language-code.ts';
import { optionalNumber, optionalText } from './read-response.ts';
import { type SpokenPiece, untimedSegments, wordsToSegments } from './words-to-segments.ts';

const pieceSchema = z.object({
  text: z.string(),
  start: optionalNumber,
  end: optionalNumber,
  type: z.enum(['word', 'spacing', 'audio_event']).catch('word'),
  speaker_id: optionalText,
  logprob: optionalNumber,
});

/** The response of the Scribe models; MetisAI passes it on. */
export const scribeSchema = z.object({
  text: z.string(),
  language_code: optionalText,
  language_probability: optionalNumber,
  words: z.array(pieceSchema).nullish().catch(null),
});

/** Converts a Scribe response to a transcript. */
export function toTranscript(
  { text, language_code, language_probability, words }: z.infer<typeof scribeSchema>,
  durationSeconds: number,
  asked: string | null,
): ChunkTranscript {
  const pieces = (words ?? []).filter(({ type }) => type !== 'audio_event');
  const isTimed = pieces.some(({ type }) => type === 'word');
  const language = toLanguageCode(language_code);
  return {
    language: asked ?? language,
    languageProbability: asked === null ? (language_probability ?? null) : null,
    ...(asked !== null &&
      language !== null && { detected: { language, probability: language_probability ?? 0 } }),
    segments: isTimed ? wordsToSegments(pieces.map(toPiece)) : untimedSegments(text, durationSeconds),
    cost: null,
  };
}

function toPiece({ text, start, end, type, speaker_id, logprob }: z.infer<typeof pieceSchema>): SpokenPiece {
  return {
    text,
    isWord: type === 'word',
    start: start ?? 0,
    end: end ?? start ?? 0,
    probability: logprob == null ? null : Math.exp(Math.min(0, logprob)),
    speaker: speaker_id ?? null,
  };
}

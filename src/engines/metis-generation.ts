import { z } from 'zod';
import type { AudioChunk, ChunkTranscript } from '../domain/engine.ts';
import { parseSrt } from './parse-srt.ts';
import { optionalNumber, optionalText } from './read-response.ts';
import { scribeSchema, toTranscript } from './scribe-response.ts';
import { untimedSegments } from './words-to-segments.ts';

/** A generation, as MetisAI returns it while it runs and when it has ended. */
export const generationSchema = z.object({
  status: z.string(),
  percentage: optionalNumber,
  generations: z
    .array(z.object({ content: z.unknown().optional(), text: z.unknown().optional(), url: optionalText }))
    .nullish()
    .catch(null),
  rawResponse: z.unknown().optional(),
  error: z.unknown().optional(),
  usage: z.object({ cost: optionalNumber }).nullish().catch(null),
});

/**
 * Reads the text from the first generation, the URL that it names, or the raw response of the model.
 * @param asked language of the request
 * @returns null if there is no text in any of them
 */
export async function readGeneration(
  { generations, rawResponse }: z.infer<typeof generationSchema>,
  fetchText: (url: string) => Promise<string>,
  chunk: AudioChunk,
  asked: string | null,
): Promise<ChunkTranscript | null> {
  const [first] = generations ?? [];
  // Words with times are preferred to plain text in any field.
  const detailed = [rawResponse, first?.content, first?.text].map(readScribe).find((known) => known !== null);
  if (detailed?.words?.length) return toTranscript(detailed, chunk.durationSeconds, asked);
  const plain = [first?.content, first?.text].find((text) => typeof text === 'string');
  const found = plain ?? (first?.url != null ? await fetchText(first.url) : undefined) ?? textOf(rawResponse);
  // A field of text may hold the model's own response as JSON.
  const text = (found === undefined ? undefined : (readScribe(found)?.text ?? found)) ?? detailed?.text;
  if (text === undefined) return null;
  const segments = parseSrt(text) ?? untimedSegments(text, chunk.durationSeconds);
  return { language: asked, languageProbability: null, segments, cost: null };
}

/** Parses the model's own response, an object or its JSON text; null if it is neither. */
function readScribe(value: unknown): z.infer<typeof scribeSchema> | null {
  const parsed = scribeSchema.safeParse(typeof value === 'string' ? parseJson(value) : value);
  return parsed.success ? parsed.data : null;
}

/** Returns a raw response that is text, or the subtitles in an object. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value !== '' && parseJson(value) === undefined ? value : undefined;
  const { data } = subtitlesSchema.safeParse(value);
  return [data?.srt, data?.content].find((text) => text?.includes('-->')) ?? undefined;
}

const subtitlesSchema = z.object({ srt: optionalText, content: optionalText });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

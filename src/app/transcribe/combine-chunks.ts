import type { Cost, EngineProfile } from '../../domain/engine.ts';
import { mergeChunks } from '../../domain/merge-chunks.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import type { TranscribedChunk } from '../ports/chunks.ts';

/** Returns the first chunk with speech. */
export function findFirstSpoken(chunks: readonly TranscribedChunk[]): TranscribedChunk | undefined {
  return chunks.toSorted((a, b) => a.start - b.start).find((chunk) => chunk.transcript.segments.length > 0);
}

/** Returns the language of the first chunk with speech; null if there is none. */
export function languageOfChunks(chunks: readonly TranscribedChunk[]): string | null {
  return findFirstSpoken(chunks)?.transcript.language ?? null;
}

/** Returns the language detected in the chunk that was checked for it. */
function detectedIn(chunks: readonly TranscribedChunk[]): Pick<Transcript, 'detected'> {
  const detected = chunks.find((chunk) => chunk.transcript.detected !== undefined)?.transcript.detected;
  return detected === undefined ? {} : { detected };
}

/** Combines the chunks of a file into its transcript; segments of another engine than the job's keep its name. */
export function combineChunks(chunks: readonly TranscribedChunk[], job: Job): Transcript {
  const spoken = findFirstSpoken(chunks) ?? chunks[0];
  return {
    language: spoken?.transcript.language ?? job.language,
    languageProbability: spoken?.transcript.languageProbability ?? null,
    ...detectedIn(chunks),
    segments: mergeChunks(
      chunks.map(({ start, engine, transcript: { from, to, segments } }) => ({
        start,
        from,
        to,
        segments: engine === job.engine ? segments : segments.map((segment) => ({ ...segment, engine })),
      })),
    ),
  };
}

/**
 * Returns the cost of the chunks: what the engine's API reported, else the known price of this engine.
 * @returns null when neither is known
 */
export function costOfChunks(chunks: readonly TranscribedChunk[], { id, price }: EngineProfile): Cost | null {
  const costs = chunks.flatMap(({ engine, transcript }): Cost[] => {
    if (transcript.cost !== null) return [transcript.cost];
    if (price === null || engine !== id) return [];
    return [{ amount: (price.perMinute * (transcript.to - transcript.from)) / 60, currency: price.currency }];
  });
  const currency = costs[0]?.currency;
  if (currency === undefined) return null;
  // Two engines may charge in two currencies; the database has one column, for the currency of the first.
  const same = costs.filter((cost) => cost.currency === currency);
  return { amount: same.reduce((sum, cost) => sum + cost.amount, 0), currency };
}

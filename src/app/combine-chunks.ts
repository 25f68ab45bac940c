import type { Cost, EngineProfile } from '../domain/engine.ts';
import { mergeChunks } from '../domain/merge-chunks.ts';
import type { Transcript } from '../domain/transcript.ts';
import type { Job } from '../domain/transcription.ts';
import type { TranscribedChunk } from './ports/chunks.ts';

/** Returns the first chunk with speech. */
export function firstSpoken(heard: readonly TranscribedChunk[]): TranscribedChunk | undefined {
  return heard.toSorted((a, b) => a.start - b.start).find((part) => part.heard.segments.length > 0);
}

/** Returns the language of the first chunk with speech; null if there is none. */
export function languageOfChunks(heard: readonly TranscribedChunk[]): string | null {
  return firstSpoken(heard)?.heard.language ?? null;
}

/** Returns the language detected in the chunk that was checked for it. */
function detectedIn(heard: readonly TranscribedChunk[]): Pick<Transcript, 'detected'> {
  const detected = heard.find((part) => part.heard.detected !== undefined)?.heard.detected;
  return detected === undefined ? {} : { detected };
}

/** Combines the chunks of a file into its transcript; segments of another engine than the job's keep its name. */
export function combineChunks(heard: readonly TranscribedChunk[], job: Job): Transcript {
  const spoken = firstSpoken(heard) ?? heard[0];
  return {
    language: spoken?.heard.language ?? job.language,
    languageProbability: spoken?.heard.languageProbability ?? null,
    ...detectedIn(heard),
    segments: mergeChunks(
      heard.map(({ start, engine, heard: { from, to, segments } }) => ({
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
export function costOfChunks(parts: readonly TranscribedChunk[], { id, price }: EngineProfile): Cost | null {
  const costs = parts.flatMap(({ engine, heard }): Cost[] => {
    if (heard.cost !== null) return [heard.cost];
    if (price === null || engine !== id) return [];
    return [{ amount: (price.perMinute * (heard.to - heard.from)) / 60, currency: price.currency }];
  });
  const currency = costs[0]?.currency;
  if (currency === undefined) return null;
  // Two engines may charge in two currencies; the database has one column, for the currency of the first.
  const same = costs.filter((cost) => cost.currency === currency);
  return { amount: same.reduce((sum, cost) => sum + cost.amount, 0), currency };
}

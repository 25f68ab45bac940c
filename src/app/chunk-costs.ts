import type { Cost, EngineProfile } from '../domain/engine.ts';
import type { TranscribedChunk } from './ports/chunks.ts';

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

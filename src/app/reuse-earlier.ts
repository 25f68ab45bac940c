import type { UserId } from '../domain/ids.ts';
import { textLanguage } from '../domain/languages.ts';
import type { EngineOffer } from '../domain/status.ts';
import { answerDeliveries } from './outcomes.ts';
import type { Addressee } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';
import type { Repeats } from './repeats.ts';

export type ReuseDependencies = { repeats: Repeats; log: Log };

/**
 * Somebody sends what they have had written down before, for the same engine: its transcript answers at once, and costs
 * nothing. Only ever their own, and not when they ask for the same file anew.
 * @returns false when there is nothing of the kind
 */
export async function reuseEarlier(
  { repeats, log }: ReuseDependencies,
  to: Addressee,
  userId: UserId,
  offer: EngineOffer,
): Promise<boolean> {
  const earlier = await repeats.earlier(to.id, userId, offer.id);
  if (earlier === null) return false;
  const deliveries = answerDeliveries(earlier, earlier.documents, {
    engineName: offer.name[textLanguage(to.languageCode)],
    isRepeated: true,
  });
  const reused = await repeats.reuse(to.id, userId, offer.id, earlier, deliveries);
  if (reused) log.info({ transcription: to.id, earlier: earlier.id }, 'answered by an earlier transcript');
  return reused;
}

import type { EngineId } from '../domain/engine-names.ts';
import type { UserId } from '../domain/ids.ts';
import type { EngineOffer } from '../domain/status.ts';
import type { BundleId, Bundles } from './bundles.ts';
import type { EngineReports } from './ports/engine-reports.ts';
import { type TakeEngineDependencies, takeEngine } from './take-engine.ts';

/** What came of the wish for one document. `choosing`: some of the recordings still wait for an engine. */
export type JoinAnswer =
  | { readonly outcome: 'choosing'; readonly offers: readonly EngineOffer[] }
  | { readonly outcome: 'joined' | 'unknown' };

/** The person wants one document of recordings that came together. */
export async function join(
  { bundles, reports }: { bundles: Bundles; reports: EngineReports },
  bundle: BundleId,
  userId: UserId,
): Promise<JoinAnswer> {
  const choosing = await bundles.join(bundle, userId);
  if (choosing === null) return { outcome: 'unknown' };
  if (choosing.length === 0) return { outcome: 'joined' };
  return { outcome: 'choosing', offers: await reports.offers() };
}

/**
 * An engine for all recordings of a bundle that have none; they go into the lane in the order in which they were sent.
 * @param committed called as soon as the first of them is safe in its lane, or with why there is nothing to do
 */
export async function joinOn(
  dependencies: TakeEngineDependencies & { bundles: Bundles; reports: EngineReports },
  bundle: BundleId,
  userId: UserId,
  engine: EngineId,
  committed: (outcome: 'joined' | 'engine_gone' | 'unknown') => void,
): Promise<void> {
  const offer = (await dependencies.reports.offers()).find(({ id }) => id === engine);
  if (offer === undefined) return committed('engine_gone');
  const choosing = await dependencies.bundles.join(bundle, userId);
  if (choosing === null) return committed('unknown');
  const [first, ...others] = choosing;
  if (first === undefined) return committed('joined');
  await takeEngine(dependencies, first, userId, offer, () => committed('joined'));
  for (const file of others) await takeEngine(dependencies, file, userId, offer, () => undefined);
}

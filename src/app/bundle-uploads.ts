import type { EngineId } from '../domain/engine-names.ts';
import type { UserId } from '../domain/ids.ts';
import type { EngineOffer } from '../domain/status.ts';
import type { BundleId, Bundles } from './bundles.ts';
import { type Committed, committed } from './committed.ts';
import type { EngineReports } from './ports/engine-reports.ts';
import { type TakeEngineDependencies, takeEngine } from './take-engine.ts';

/** Outcome of accepting one document. `choosing`: some of the uploads still need an engine. */
export type BundleAnswer =
  | { readonly outcome: 'choosing'; readonly offers: readonly EngineOffer[] }
  | { readonly outcome: 'joined' | 'unknown' };

/** Accepts one document for the uploads of a bundle. */
export async function bundleUploads(
  { bundles, reports }: { bundles: Bundles; reports: EngineReports },
  bundle: BundleId,
  userId: UserId,
): Promise<BundleAnswer> {
  const choosing = await bundles.join(bundle, userId);
  if (choosing === null) return { outcome: 'unknown' };
  if (choosing.length === 0) return { outcome: 'joined' };
  return { outcome: 'choosing', offers: await reports.offers() };
}

/**
 * Chooses an engine for all uploads of a bundle without one. They enter the lane in the order in which they were sent:
 * the first of them before this resolves, the others with `show`.
 */
export async function joinOn(
  dependencies: TakeEngineDependencies & { bundles: Bundles; reports: EngineReports },
  bundle: BundleId,
  userId: UserId,
  engine: EngineId,
): Promise<Committed<'joined' | 'engine_gone' | 'unknown'>> {
  const offer = (await dependencies.reports.offers()).find(({ id }) => id === engine);
  if (offer === undefined) return committed('engine_gone');
  const choosing = await dependencies.bundles.join(bundle, userId);
  if (choosing === null) return committed('unknown');
  const [first, ...others] = choosing;
  if (first === undefined) return committed('joined');
  const taken = await takeEngine(dependencies, first, userId, offer);
  return committed('joined', async () => {
    await taken.show();
    for (const file of others) {
      const next = await takeEngine(dependencies, file, userId, offer);
      await next.show();
    }
  });
}

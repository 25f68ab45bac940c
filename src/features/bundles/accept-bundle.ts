import { applyEngineChoice, type EngineChoiceDependencies } from '../../app/choose/apply-engine-choice.ts';
import { type WithFollowUp, withFollowUp } from '../../app/follow-up.ts';
import type { EngineReports } from '../../app/ports/engine-reports.ts';
import type { BundleId } from '../../domain/bundle.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EngineOffer } from '../../domain/status.ts';
import type { Bundles } from './store.ts';

export type AcceptBundleDependencies = EngineChoiceDependencies & {
  readonly bundles: Bundles;
  readonly reports: EngineReports;
};

/** Outcome of accepting one document. `choosing`: some of the uploads still need an engine. */
type Acceptance =
  | { readonly outcome: 'choosing'; readonly offers: readonly EngineOffer[] }
  | { readonly outcome: 'accepted' | 'unknown' };

/** Accepts one document for the uploads of a bundle. */
export async function acceptBundle(
  { bundles, reports }: Pick<AcceptBundleDependencies, 'bundles' | 'reports'>,
  bundle: BundleId,
  userId: UserId,
): Promise<Acceptance> {
  const choosing = await bundles.accept(bundle, userId);
  if (choosing === null) return { outcome: 'unknown' };
  if (choosing.length === 0) return { outcome: 'accepted' };
  return { outcome: 'choosing', offers: await reports.offers() };
}

/**
 * Chooses an engine for all uploads of a bundle without one. They enter the lane in the order in which they were sent:
 * the first of them before this resolves, the others with `followUp`.
 */
export async function chooseForBundle(
  dependencies: AcceptBundleDependencies,
  bundle: BundleId,
  userId: UserId,
  engine: EngineId,
): Promise<WithFollowUp<'accepted' | 'engine_gone' | 'unknown'>> {
  const offer = (await dependencies.reports.offers()).find(({ id }) => id === engine);
  if (offer === undefined) return withFollowUp('engine_gone');
  const choosing = await dependencies.bundles.accept(bundle, userId);
  if (choosing === null) return withFollowUp('unknown');
  const [first, ...others] = choosing;
  if (first === undefined) return withFollowUp('accepted');
  const taken = await applyEngineChoice(dependencies, first, userId, offer);
  return withFollowUp('accepted', async () => {
    await taken.followUp();
    for (const file of others) {
      const next = await applyEngineChoice(dependencies, file, userId, offer);
      await next.followUp();
    }
  });
}

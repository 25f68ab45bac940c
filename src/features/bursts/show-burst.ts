import { createHash } from 'node:crypto';
import { inChat } from '../../app/lane/in-chat.ts';
import { logError } from '../../app/log-error.ts';
import type { Burst, BurstLease, Bursts } from '../../app/ports/bursts.ts';
import type { EngineReports } from '../../app/ports/engine-reports.ts';
import type { Addressee } from '../../app/ports/lanes.ts';
import type { Log } from '../../app/ports/log.ts';
import { DeliveryError, type Messenger } from '../../app/ports/messenger.ts';
import { type BurstId, countOpen } from '../../domain/burst.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EngineOffer, StatusView } from '../../domain/status.ts';

export type ShowBurstDependencies = {
  readonly bursts: Bursts;
  readonly messenger: Messenger;
  readonly reports: EngineReports;
  readonly log: Log;
};

type BurstView = StatusView & { readonly kind: 'burst' };

/** Number of bursts taken at a time; they are shown at once. */
const batchSize = 8;

/** Maximum number of bursts in one round; the rest is for the next one or another process. */
const maxPerRound = 64;

/** Maximum wait until Telegram's limits leave room for the update of a burst that goes on, in ms. */
const maxSpareWaitMs = 2_000;

/** Updates the messages of bursts that are out of date. One that cannot be updated now is due again. */
export async function showDueBursts(dependencies: ShowBurstDependencies): Promise<void> {
  for (let handled = 0; handled < maxPerRound; handled += batchSize) {
    const batch = await dependencies.bursts.leaseDue(batchSize);
    await Promise.all(batch.map((lease) => showLeased(dependencies, lease)));
    if (batch.length < batchSize) return;
  }
}

/** Updates the message of a burst at once, after its user has pressed a button. Never rejects. */
export async function showBurst(
  dependencies: ShowBurstDependencies,
  id: BurstId,
  userId: UserId,
): Promise<void> {
  try {
    const lease = await dependencies.bursts.lease(id, userId);
    if (lease !== null) await showLeased(dependencies, lease, true);
  } catch (error) {
    logError(dependencies.log, 'warn', { burst: id }, error, 'burst not shown');
  }
}

/**
 * Updates the message of a leased burst.
 * @param isPressed true when its user waits for the update
 */
async function showLeased(
  dependencies: ShowBurstDependencies,
  lease: BurstLease,
  isPressed = false,
): Promise<void> {
  const { bursts, log } = dependencies;
  try {
    const burst = await bursts.read(lease.id);
    if (burst === null) return;
    if (burst.first === null) return await removeBurst(dependencies, burst);
    await showMessage(dependencies, lease, burst, isPressed);
  } catch (thrown) {
    logError(log, 'warn', { burst: lease.id }, thrown, 'burst not shown');
    // Telegram never accepts it, or the user has stopped the bot.
    if (thrown instanceof DeliveryError && thrown.kind !== 'later') {
      await bursts.recordShown(lease, null, null, false);
    } else await bursts.postpone(lease);
  }
}

async function showMessage(
  { bursts, messenger, reports }: ShowBurstDependencies,
  lease: BurstLease,
  burst: Burst,
  isPressed: boolean,
): Promise<void> {
  const { first, messageId } = burst;
  // The user has deleted the message, so it is not sent again.
  if (first === null || (messageId === null && burst.isShown)) {
    return bursts.recordShown(lease, null, null, false);
  }
  const to = { ...first, statusMessageId: messageId };
  const view = viewOf(burst, await reports.offers());
  const digest = createHash('sha1')
    .update(JSON.stringify([view, first.languageCode]))
    .digest('base64');
  const isOpen = countOpen(burst.counts) > 0;
  const continues = view.active !== undefined;
  if (digest === burst.shown) return bursts.recordShown(lease, messageId, digest, continues);
  if (isOpen && !isPressed && !(await hasRoom(messenger, to))) return bursts.postpone(lease);
  await bursts.recordShown(lease, await messenger.showStatus(to, view), digest, continues);
}

/** Resolves to true when Telegram's limits leave room for an update that may be left out. */
function hasRoom(messenger: Messenger, to: Addressee): Promise<boolean> {
  return messenger.waitForRoom(to, AbortSignal.timeout(maxSpareWaitMs)).then(
    () => true,
    () => false,
  );
}

/** Removes the message of a burst whose files were all deleted. */
async function removeBurst(
  { bursts, messenger }: ShowBurstDependencies,
  { id, userId, messageId }: Burst,
): Promise<void> {
  if (messageId !== null) await messenger.remove(inChat(0, userId), [messageId]);
  await bursts.remove(id);
}

function viewOf(burst: Burst, offers: readonly EngineOffer[]): BurstView {
  const { id, counts, state, lastEngine, seconds, offersBundles } = burst;
  const active = activeView(burst, offers);
  return {
    kind: 'burst',
    burst: id,
    counts,
    isBundled: state === 'BUNDLING' || state === 'BUNDLED',
    offersBundle: offersBundles && state === 'TOGETHER',
    ...(counts.choosing > 0 && { engines: offers, lastEngine, seconds }),
    ...(active !== null && { active }),
  };
}

/** Returns how the file in the lane's slot stands, where its number does not say it: its progress, or why it waits. */
function activeView(
  { active }: Burst,
  offers: readonly EngineOffer[],
): NonNullable<BurstView['active']> | null {
  if (active === null) return null;
  if (active.isRunning) {
    const { progress } = active;
    if (progress === null || progress.fraction === null) return null;
    // As the bar shows it; a smaller step is no change.
    return { kind: 'processing', stage: progress.stage, fraction: Math.round(progress.fraction * 20) / 20 };
  }
  const readiness = offers.find(({ id }) => id === active.engine)?.readiness;
  if (readiness?.state === 'preparing') {
    return { kind: 'preparing', stage: readiness.stage, fraction: readiness.fraction };
  }
  return readiness?.state === 'resting' || readiness?.state === 'paused' ? { kind: readiness.state } : null;
}

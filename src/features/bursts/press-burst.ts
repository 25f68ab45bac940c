import { applyEngineChoice, type EngineChoiceDependencies } from '../../app/choose/apply-engine-choice.ts';
import { buildPickerView, type ShowPickerDependencies, showPicker } from '../../app/choose/show-picker.ts';
import { databaseWaitMs } from '../../app/database-wait.ts';
import { type WithFollowUp, withFollowUp } from '../../app/follow-up.ts';
import { dispatch } from '../../app/lane/dispatch.ts';
import { inChat } from '../../app/lane/in-chat.ts';
import type { Meter } from '../../app/ports/meter.ts';
import { retryWhileDatabaseIsAway } from '../../app/retry-database.ts';
import type { BurstId } from '../../domain/burst.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import { type ShowBurstDependencies, showBurst } from './show-burst.ts';

export type PressBurstDependencies = ShowBurstDependencies &
  EngineChoiceDependencies &
  ShowPickerDependencies & { readonly meter: Meter };

/** Outcome of choosing one engine for all files, for the notification above the chat. */
export type BurstChoiceResult = 'started' | 'engine_gone' | 'already' | 'unknown';

/**
 * Chooses one engine for all files of a burst without one. They enter the lane in order of arrival; one that was
 * transcribed before is answered at once.
 */
export async function chooseForBurst(
  dependencies: PressBurstDependencies,
  burst: BurstId,
  userId: UserId,
  engine: EngineId,
): Promise<WithFollowUp<BurstChoiceResult>> {
  const { bursts, reports } = dependencies;
  const show = () => showBurst(dependencies, burst, userId);
  const offer = (await reports.offers()).find(({ id }) => id === engine);
  if (offer === undefined) return withFollowUp('engine_gone', show);
  const choice = await retryWhileDatabaseIsAway(
    async (again) => {
      const made = await bursts.choose(burst, userId, engine);
      // Its first response was lost perhaps; the sweep then sends the token.
      return made.outcome === 'already' && again
        ? ({ outcome: 'chosen', next: null, reusable: [] } as const)
        : made;
    },
    { withinMs: databaseWaitMs.choice },
  );
  if (choice.outcome !== 'chosen') return withFollowUp(choice.outcome, show);
  return withFollowUp('started', async () => {
    await dispatch(dependencies, choice.next);
    for (const file of choice.reusable) {
      const { followUp } = await applyEngineChoice(dependencies, file, userId, offer);
      await followUp();
    }
    await show();
  });
}

/**
 * Cancels all open files of a burst. The worker of a running one stops it within a second.
 * @returns the number of cancelled files; null when the user has no such burst
 */
export async function cancelBurst(
  dependencies: PressBurstDependencies,
  burst: BurstId,
  userId: UserId,
): Promise<WithFollowUp<number | null>> {
  const { bursts, meter, log } = dependencies;
  const cancelled = await bursts.cancel(burst, userId);
  if (cancelled === null) return withFollowUp(null);
  const { ended, requested, next } = cancelled;
  for (let file = 0; file < ended; file += 1) {
    meter.ended({ engine: null, state: 'CANCELLED', code: null, runningSeconds: 0, audioSeconds: 0 });
  }
  log.info({ burst, files: ended + requested }, 'burst cancelled');
  return withFollowUp(ended + requested, async () => {
    await dispatch(dependencies, next);
    await showBurst(dependencies, burst, userId);
  });
}

/**
 * Gives each file of a burst without an engine a picker of its own; the burst's message becomes that of the first one.
 * @returns true when it was done; false when the decision was made before
 */
export async function separateBurst(
  dependencies: PressBurstDependencies,
  burst: BurstId,
  userId: UserId,
): Promise<WithFollowUp<boolean>> {
  const { bursts, reports, messenger } = dependencies;
  const separated = await bursts.separate(burst, userId);
  if (separated === null) return withFollowUp(false);
  const { messageId, files } = separated;
  return withFollowUp(true, async () => {
    const lastEngine = await reports.lastEngine(userId);
    if (messageId !== null && files[0]?.statusMessageId !== messageId) {
      await messenger.remove(inChat(0, userId), [messageId]);
    }
    for (const file of files) {
      if (file.statusMessageId === null) await showPicker(dependencies, file, userId, lastEngine);
      else await messenger.showStatus(file, await buildPickerView(reports, lastEngine, file));
    }
  });
}

import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import { type CancelDependencies, cancel } from '../lane/cancel.ts';
import type { Refusal } from '../ports/lanes.ts';
import type { Repeats } from '../ports/repeats.ts';
import { buildPickerView, type ShowPickerDependencies, showPicker } from '../receive/show-picker.ts';

/** Outcome; a refusal has the reason why the lane is full. */
export type OtherEngineAnswer = 'choosing' | 'already' | 'unknown' | Refusal;

/**
 * Offers another engine for an upload. A waiting transcription goes back to its picker. For an active or ended one a
 * copy with a picker of its own enters the lane: an existing transcript stays, and an active job is cancelled.
 */
export async function offerOtherEngine(
  dependencies: CancelDependencies & ShowPickerDependencies & { repeats: Repeats },
  file: Transcription,
  userId: UserId,
): Promise<WithFollowUp<OtherEngineAnswer>> {
  const { lanes, reports, replies, repeats } = dependencies;
  if (file.state === 'CHOOSING') return withFollowUp('already');
  const reopened = await lanes.reopen(file.id, userId, true);
  if (reopened.outcome === 'unknown') return withFollowUp('unknown');
  if (reopened.outcome === 'chosen') {
    return withFollowUp('choosing', async () => {
      await replies.showStatus(file, await buildPickerView(reports, file.engine, file.announcedSeconds));
    });
  }
  const copy = await repeats.copy(file.id, userId);
  if (copy.outcome === 'full' || copy.outcome === 'spent') return withFollowUp(copy);
  if (copy.outcome !== 'accepted') return withFollowUp(copy.outcome);
  return withFollowUp('choosing', async () => {
    // An upload is never transcribed on two engines at once; a transcription that has ended is not affected.
    const cancelled = await cancel(dependencies, file, userId);
    await cancelled.followUp();
    await showPicker(dependencies, { ...file, id: copy.id, statusMessageId: null }, userId, file.engine);
  });
}

import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { Copies } from '../ports/copies.ts';
import type { Refusal } from '../ports/lanes.ts';
import { buildPickerView, type ShowPickerDependencies, showPicker } from '../receive/show-picker.ts';

/** Outcome; a refusal says why the copy is not accepted. `asking`: the picker is shown, and the file goes on. */
export type OtherEngineResult = 'choosing' | 'asking' | 'already' | 'unknown' | Refusal;

/**
 * Offers another engine for an upload. A waiting transcription goes back to its picker. For an active or ended one a
 * copy with a picker of its own enters the lane: an existing transcript stays, and an active job goes on until an engine is
 * chosen for the copy (chooseEngine).
 * @param missing engines that are not set up, shown to admins
 */
export async function offerOtherEngine(
  dependencies: ShowPickerDependencies & { copies: Copies },
  file: Transcription,
  userId: UserId,
  missing: readonly EngineId[],
): Promise<WithFollowUp<OtherEngineResult>> {
  const { lanes, reports, messenger, copies } = dependencies;
  if (file.state === 'CHOOSING') return withFollowUp('already');
  const reopened = await lanes.reopen(file.id, userId, true);
  if (reopened.outcome === 'unknown') return withFollowUp('unknown');
  if (reopened.outcome === 'chosen') {
    return withFollowUp('choosing', async () => {
      await messenger.showStatus(file, { ...(await buildPickerView(reports, file.engine, file)), missing });
    });
  }
  const copy = await copies.create(file.id, userId);
  if (copy.outcome === 'full' || copy.outcome === 'spent') return withFollowUp(copy);
  if (copy.outcome !== 'accepted') return withFollowUp(copy.outcome);
  const isRunning = file.state === 'QUEUED' || file.state === 'PROCESSING';
  const to = { ...file, id: copy.id, statusMessageId: null };
  return withFollowUp(isRunning ? 'asking' : 'choosing', () =>
    showPicker(dependencies, to, userId, file.engine, missing),
  );
}

import type { UserId } from '../domain/ids.ts';
import type { Transcription } from '../domain/transcription.ts';
import { type CancelDependencies, cancel } from './cancel.ts';
import type { Refusal } from './ports/lanes.ts';
import type { Repeats } from './repeats.ts';
import { pickerView, type ShowPickerDependencies, showPicker } from './show-picker.ts';

/** What came of it: a refusal says why the lane takes no more. */
export type OtherEngineAnswer = 'choosing' | 'already' | 'unknown' | Refusal;

/**
 * A file for another engine. One that waits is asked for anew; of one that a worker has, or that is done, a copy comes
 * into the lane and is asked for: what was heard so far stays, and what is under way is cancelled.
 * @param committed called with what came of it as soon as that is safe in the database
 */
export async function otherEngine(
  dependencies: CancelDependencies & ShowPickerDependencies & { repeats: Repeats },
  file: Transcription,
  userId: UserId,
  committed: (answer: OtherEngineAnswer) => void,
): Promise<void> {
  const { lanes, reports, replies, repeats } = dependencies;
  if (file.state === 'CHOOSING') return committed('already');
  const reopened = await lanes.reopen(file.id, userId, true);
  if (reopened.outcome === 'unknown') return committed('unknown');
  if (reopened.outcome === 'chosen') {
    committed('choosing');
    await replies.showStatus(file, await pickerView(reports, file.engine, file.announcedSeconds));
    return;
  }
  const copy = await repeats.copy(file.id, userId);
  if (copy.outcome === 'full' || copy.outcome === 'spent') return committed(copy);
  if (copy.outcome !== 'accepted') return committed(copy.outcome);
  committed('choosing');
  // Nobody waits for two engines at once; one that is done is not touched by it.
  await cancel(dependencies, file, userId);
  await showPicker(dependencies, { ...file, id: copy.id, statusMessageId: null }, userId, file.engine);
}

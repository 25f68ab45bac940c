import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { Copies } from '../ports/copies.ts';
import type { Refusal } from '../ports/lanes.ts';
import { pollIntervalMs } from '../run/job-lease.ts';
import { buildPickerView, type ShowPickerDependencies, showPicker } from './show-picker.ts';

/** Outcome; a refusal says why the copy is not accepted. `asking`: engines are offered, and the file goes on. */
export type OtherEngineResult = 'choosing' | 'asking' | 'already' | 'unknown' | Refusal;

/** Time for which the status message of an active transcription offers other engines, in ms. */
const askingMs = 60_000;

/**
 * Offers another engine for an upload. A waiting transcription goes back to its picker. For an ended one a copy with a
 * picker of its own enters the lane, and an existing transcript stays. The status message of an active one offers the
 * engines for a while, and its job goes on (switch-engine.ts).
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
  if (file.engine !== null && (await lanes.setAsking(file.id, userId, askingMs))) {
    return withFollowUp('asking', () => showOtherEngines(dependencies, file, file.engine, missing));
  }
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
  const to = { ...file, id: copy.id, statusMessageId: null };
  return withFollowUp('choosing', () => showPicker(dependencies, to, userId, file.engine, missing));
}

/**
 * Edits the status message of an active transcription so that it offers other engines. Its worker leaves the message
 * alone from its next look on, so the edit waits for that.
 */
async function showOtherEngines(
  { messenger, reports }: Pick<ShowPickerDependencies, 'messenger' | 'reports'>,
  file: Transcription,
  runningOn: EngineId | null,
  missing: readonly EngineId[],
): Promise<void> {
  const view = await buildPickerView(reports, null, file);
  await sleep(pollIntervalMs);
  await messenger.showStatus(file, { ...view, missing, ...(runningOn !== null && { runningOn }) });
}

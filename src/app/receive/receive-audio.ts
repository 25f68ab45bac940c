import type { BurstId } from '../../domain/burst.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { EngineOffer } from '../../domain/status.ts';
import type { Upload } from '../../domain/transcription.ts';
import { applyEngineChoice, type EngineChoiceDependencies } from '../choose/apply-engine-choice.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { BurstIntake } from '../ports/bursts.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { SubmitResult } from '../ports/lanes.ts';
import type { Meter } from '../ports/operations.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import { type ShowPickerDependencies, showPicker } from './show-picker.ts';

export type ReceiveDependencies = ShowPickerDependencies &
  EngineChoiceDependencies & { meter: Meter; bursts: BurstIntake };

/** Maximum wait for the database, in ms; shorter than the 15 s after which the sweep shows the picker. */
const maxDatabaseWaitMs = 10_000;

type Accepted = SubmitResult & { readonly outcome: 'accepted' };

/**
 * Receives an upload: commits it to its user's lane, then starts it, or shows the picker where there is a choice
 * (`findOnlyEngine`). An upload that is delivered twice is started or asked about once. A full lane refuses it. One that
 * follows another within seconds is in a burst, whose message speaks for both.
 * @returns the answer of the lane. Only an accepted upload is in the database; `followUp` does nothing for another.
 */
export async function receiveAudio(
  dependencies: ReceiveDependencies,
  upload: Upload,
): Promise<WithFollowUp<SubmitResult>> {
  const submitted = await dependencies.lanes.submit(upload);
  // The first delivery of an upload sends the picker. If that process died before, the sweep sends it a little later.
  if (submitted.outcome !== 'accepted' || !submitted.created) return withFollowUp(submitted);
  dependencies.meter.accepted(upload.kind);
  dependencies.log.info(
    { transcription: submitted.id, user: upload.user.id, kind: upload.kind, state: submitted.state },
    'accepted',
  );
  const to = {
    id: submitted.id,
    chatId: upload.chat.id,
    messageId: upload.messageId,
    threadId: upload.threadId,
    statusMessageId: null,
    languageCode: upload.user.languageCode,
    announcedSeconds: upload.announcedSeconds,
    engine: null,
  };
  return withFollowUp(submitted, async () => {
    const userId = upload.user.id;
    const burstId = await addToBurst(dependencies, upload, submitted);
    const offer = await findOnlyEngine(dependencies.reports, upload.engine, submitted);
    if (offer !== null) {
      const taken = await applyEngineChoice(dependencies, { ...to, burstId }, userId, offer);
      await taken.followUp();
    } else if (burstId === null) await showPicker(dependencies, to, userId, submitted.lastEngine);
  });
}

/** Resolves to the burst whose message speaks for an upload; null when it speaks for itself, as in every group. */
function addToBurst(
  { bursts }: Pick<ReceiveDependencies, 'bursts'>,
  { chat, user }: Upload,
  { id, msSincePrevious }: Accepted,
): Promise<BurstId | null> {
  if (chat.type !== 'private') return Promise.resolve(null);
  return retryWhileDatabaseIsAway(() => bursts.add(id, user.id, msSincePrevious), {
    withinMs: maxDatabaseWaitMs,
  });
}

/**
 * Returns the engine that starts without a question: the one of the caption, else the user's default, else the only one
 * that takes jobs. Null when there is a choice, or the wanted engine takes no jobs now. An only engine does not start by
 * itself either where the user last chose another one, whose absence may be short: their audio might else go to a service
 * that they did not choose.
 * @param named engine that the caption names
 */
export async function findOnlyEngine(
  reports: EngineReports,
  named: EngineId | null,
  { defaultEngine, lastEngine }: Pick<Accepted, 'defaultEngine' | 'lastEngine'>,
): Promise<EngineOffer | null> {
  const offers = await retryWhileDatabaseIsAway(() => reports.offers(), { withinMs: maxDatabaseWaitMs });
  const wanted = named ?? defaultEngine ?? (offers.length === 1 ? (lastEngine ?? offers[0]?.id) : null);
  return offers.find(({ id }) => id === wanted) ?? null;
}

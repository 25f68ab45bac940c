import type { EngineId } from '../../domain/engine-names.ts';
import type { EngineOffer } from '../../domain/status.ts';
import type { Upload } from '../../domain/transcription.ts';
import { applyEngineChoice, type EngineChoiceDependencies } from '../choose/apply-engine-choice.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { SubmitResult } from '../ports/lanes.ts';
import type { Meter } from '../ports/meter.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import { type ShowPickerDependencies, showPicker } from './show-picker.ts';

export type ReceiveDependencies = ShowPickerDependencies & EngineChoiceDependencies & { meter: Meter };

type Accepted = SubmitResult & { readonly outcome: 'accepted' };

/**
 * Receives an upload: commits it to its user's lane, then starts it, or shows the picker where there is a choice
 * (`findEngineToStart`). An upload that is delivered twice is started or asked about once. A full lane refuses it.
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
    const offer = await findEngineToStart(dependencies.reports, upload.engine, submitted);
    if (offer === null) return showPicker(dependencies, to, upload.user.id, submitted.lastEngine);
    const taken = await applyEngineChoice(dependencies, to, upload.user.id, offer);
    await taken.followUp();
  });
}

/**
 * Returns the engine that starts without a question: the one of the caption, else the user's default, else the only one
 * that takes jobs. Null when there is a choice, or the wanted engine takes no jobs now. An only engine does not start by
 * itself either where the user last chose another one, whose absence may be short: their audio might else go to a service
 * that they did not choose.
 * @param named engine that the caption names
 */
export async function findEngineToStart(
  reports: EngineReports,
  named: EngineId | null,
  { defaultEngine, lastEngine }: Pick<Accepted, 'defaultEngine' | 'lastEngine'>,
): Promise<EngineOffer | null> {
  const offers = await retryWhileDatabaseIsAway(() => reports.offers(), { withinMs: databaseWaitMs.picker });
  const wanted = named ?? defaultEngine ?? (offers.length === 1 ? (lastEngine ?? offers[0]?.id) : null);
  return offers.find(({ id }) => id === wanted) ?? null;
}

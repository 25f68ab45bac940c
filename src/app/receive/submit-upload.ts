import type { BurstId } from '../../domain/burst.ts';
import type { Upload } from '../../domain/transcription.ts';
import { completeChoice, type EngineChoiceDependencies } from '../choose/apply-engine-choice.ts';
import { type ShowPickerDependencies, showPicker } from '../choose/show-picker.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { BurstIntake } from '../ports/bursts.ts';
import type { Lanes, SubmitOptions, SubmitResult } from '../ports/lanes.ts';
import type { Meter } from '../ports/meter.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';

export type SubmitUploadDependencies = ShowPickerDependencies &
  EngineChoiceDependencies & { meter: Meter; bursts: BurstIntake };

/**
 * Submits an upload: commits it to its user's lane, where it starts if there is nothing to ask, else shows the picker.
 * An upload that is delivered twice is started or asked about once. A full lane refuses it. One that follows another
 * within seconds is in a burst, whose message speaks for both.
 * @returns the outcome in the lane. Only an accepted upload is in the database; `followUp` does nothing for another.
 */
export async function submitUpload(
  dependencies: SubmitUploadDependencies,
  upload: Upload,
): Promise<WithFollowUp<SubmitResult>> {
  const { lanes, reports, meter, log } = dependencies;
  const offers = await reports.offers();
  const submitted = await submitOnce(lanes, upload, { engines: offers.map(({ id }) => id) });
  // The first delivery of an upload sends the picker. If that process died before, the sweep sends it a little later.
  if (submitted.outcome !== 'accepted' || !submitted.created) return withFollowUp(submitted);
  meter.accepted(upload.kind);
  log.info(
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
    const { choice, lastEngine } = submitted;
    const offer = offers.find(({ id }) => id === choice?.engine);
    if (choice !== null && offer !== undefined) {
      const taken = await completeChoice(dependencies, { ...to, burstId }, userId, offer, choice);
      await taken.followUp();
    } else if (burstId === null) await showPicker(dependencies, to, userId, lastEngine);
  });
}

/** Resolves to the burst whose message speaks for an upload; null when it speaks for itself, as in every group. */
function addToBurst(
  { bursts }: Pick<SubmitUploadDependencies, 'bursts'>,
  { chat, user }: Upload,
  { id, msSincePrevious }: SubmitResult & { outcome: 'accepted' },
): Promise<BurstId | null> {
  if (chat.type !== 'private') return Promise.resolve(null);
  return retryWhileDatabaseIsAway(() => bursts.add(id, user.id, msSincePrevious), {
    withinMs: databaseWaitMs.picker,
  });
}

/** Maximum number of open transcriptions that are searched for an upload whose response was lost. */
const maxCandidates = 100;

/**
 * Submits an upload. Recognises its own submission when the first response was lost; the sweep then sends the token.
 * Without that, nobody would show the user a file that waits behind others.
 */
async function submitOnce(lanes: Lanes, upload: Upload, wishes: SubmitOptions): Promise<SubmitResult> {
  return retryWhileDatabaseIsAway(
    async (again) => {
      const result = await lanes.submit(upload, wishes);
      if (!again || result.outcome !== 'accepted' || result.created || result.statusMessageId !== null)
        return result;
      const own = (await lanes.listOpen(upload.user.id, maxCandidates)).find(({ id }) => id === result.id);
      if (own === undefined) return result;
      const { engine, state, before } = own;
      const choice =
        engine === null ? null : { outcome: 'chosen' as const, engine, state, before, next: null };
      return { ...result, created: true, choice };
    },
    { withinMs: databaseWaitMs.picker },
  );
}

import type { EngineId } from '../../domain/engine-names.ts';
import type { Upload } from '../../domain/transcription.ts';
import { applyEngineChoice, type EngineChoiceDependencies } from '../choose/apply-engine-choice.ts';
import { type WithFollowUp, withFollowUp } from '../follow-up.ts';
import type { Addressee, SubmitResult } from '../ports/lanes.ts';
import type { Meter } from '../ports/operations.ts';
import { type ShowPickerDependencies, showPicker } from './show-picker.ts';

export type ReceiveDependencies = ShowPickerDependencies & EngineChoiceDependencies & { meter: Meter };

/**
 * Receives an upload: commits it to its user's lane, then shows the picker, unless its caption names an engine or the
 * user has a default one. An upload that is delivered twice gets one picker. A full lane refuses it.
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
  };
  const engine = upload.engine ?? submitted.defaultEngine;
  return withFollowUp(submitted, async () => {
    const begun = engine !== null && (await beginUnasked(dependencies, to, upload.user.id, engine));
    if (!begun) await showPicker(dependencies, to, upload.user.id, submitted.lastEngine);
  });
}

/**
 * Chooses the engine from the caption or the settings. Resolves to false when no worker can run it now; the picker is
 * shown then.
 */
async function beginUnasked(
  dependencies: ReceiveDependencies,
  to: Addressee,
  userId: number,
  engine: EngineId,
): Promise<boolean> {
  const offer = (await dependencies.reports.offers()).find(({ id }) => id === engine);
  if (offer === undefined) return false;
  const taken = await applyEngineChoice(dependencies, to, userId, offer);
  await taken.followUp();
  return true;
}

import { type WithFollowUp, withFollowUp } from '../../app/follow-up.ts';
import type { EngineReports } from '../../app/ports/engine-reports.ts';
import type { Refusal } from '../../app/ports/lanes.ts';
import { type SubmitUploadDependencies, submitUpload } from '../../app/receive/submit-upload.ts';
import { compactAnswer, type Upload } from '../../domain/transcription.ts';
import type { GroupSettings, Groups } from './store.ts';

/** Outcome for an upload in a group. */
export type GroupUploadResult =
  | { readonly outcome: 'taken' }
  /** The upload was requested before; null: the bot has no message about it, or no longer. */
  | { readonly outcome: 'already'; readonly statusMessageId: number | null }
  | Refusal;

/**
 * Receives an upload in a group with the settings of its admins. It enters the lane of the user who requested it; with
 * automatic transcription, that of its sender, or of the admin who switched this on when no user sent it.
 */
export async function receiveInGroup(
  dependencies: SubmitUploadDependencies & { groups: Groups },
  asked: Upload,
  settings: GroupSettings,
): Promise<WithFollowUp<GroupUploadResult>> {
  const engine = asked.engine ?? (await engineFor(dependencies.reports, settings));
  const formats = asked.formats.length > 0 ? asked.formats : settings.formats;
  const upload: Upload = {
    ...asked,
    engine,
    language: asked.language ?? settings.speechLanguage,
    formats: [...formats, compactAnswer],
  };
  const { outcome: submitted, followUp } = await submitUpload(dependencies, upload);
  if (submitted.outcome !== 'accepted') return withFollowUp(submitted);
  if (submitted.created) return withFollowUp({ outcome: 'taken' }, followUp);
  return withFollowUp({ outcome: 'already', statusMessageId: submitted.statusMessageId });
}

/**
 * Returns the engine to use without asking; null shows the picker. Automatic transcription never asks, and prefers
 * engines on this machine unless the admins chose another one.
 */
async function engineFor(reports: EngineReports, { engine, automaticBy }: GroupSettings) {
  const offers = await reports.offers();
  const chosen = offers.find(({ id }) => id === engine);
  if (chosen !== undefined) return chosen.id;
  const [first, ...others] = offers.toSorted(
    (a, b) => Number(a.privacy.destination !== null) - Number(b.privacy.destination !== null),
  );
  return first !== undefined && (others.length === 0 || automaticBy !== null) ? first.id : null;
}

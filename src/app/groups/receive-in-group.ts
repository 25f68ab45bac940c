import { compactAnswer, type Upload } from '../../domain/transcription.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Refusal } from '../ports/lanes.ts';
import { type ReceiveDependencies, receiveAudio } from '../receive-audio.ts';
import type { GroupSettings, Groups } from './ports.ts';

/** What became of a recording in a group. */
export type GroupReceipt =
  | { readonly outcome: 'taken' }
  /** Somebody has asked for it before; null: there is no message of ours about it yet, or any more. */
  | { readonly outcome: 'already'; readonly statusMessageId: number | null }
  | Refusal;

/**
 * A recording in a group, as its admins want them treated: into the lane of whoever asked, or, written down unasked,
 * of its sender.
 * @param committed called as soon as the file is safe in the database
 */
export async function receiveInGroup(
  dependencies: ReceiveDependencies & { groups: Groups },
  asked: Upload,
  settings: GroupSettings,
  committed: () => void,
): Promise<GroupReceipt> {
  const engine = asked.engine ?? (await engineFor(dependencies.reports, settings));
  const formats = asked.formats.length > 0 ? asked.formats : settings.formats;
  const upload: Upload = {
    ...asked,
    engine,
    language: asked.language ?? settings.speechLanguage,
    formats: [...formats, compactAnswer],
  };
  const file = await receiveAudio(dependencies, upload, committed);
  if (file.outcome !== 'accepted') return file;
  return file.created ? { outcome: 'taken' } : { outcome: 'already', statusMessageId: file.statusMessageId };
}

/**
 * The engine that nobody is asked about. What is written down unasked must not ask either, and does not leave the
 * machine unless its admins have said so or there is no other way.
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

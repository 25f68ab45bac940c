import type { Log } from '../../app/ports/log.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { Corrections } from '../corrections/index.ts';
import type { SpeakerChanges } from './store/speaker-changes.ts';

export type ChangeSpeakersDependencies = {
  readonly corrections: Pick<Corrections, 'read'>;
  readonly speakerChanges: SpeakerChanges;
  readonly log: Log;
};

/** Maximum number of attempts when another change comes in between. */
const maxRounds = 5;

/** The segments of a transcript before and after a change. */
export type ChangedSpeakers = { readonly before: readonly Segment[]; readonly after: readonly Segment[] };

/**
 * Changes the speakers of a user's transcript, and has a worker update the sent messages. Resolves to null when the
 * user has no such transcript, or when `change` returns null.
 */
export async function changeSpeakers(
  { corrections, speakerChanges, log }: ChangeSpeakersDependencies,
  id: TranscriptionId,
  userId: UserId,
  change: (segments: readonly Segment[]) => readonly Segment[] | null,
): Promise<ChangedSpeakers | null> {
  for (let round = 0; round < maxRounds; round += 1) {
    const read = await corrections.read(id, userId);
    if (read === null) return null;
    const before = read.transcript.segments;
    const after = change(before);
    if (after === null) return null;
    const result = await speakerChanges.apply(id, userId, read.revision, after);
    if (result === 'stale') continue;
    if (result === 'unknown') return null;
    log.info({ transcription: id }, 'speakers changed');
    return { before, after };
  }
  return null;
}

import { DabirError } from '../../domain/errors.ts';
import type { Job } from '../../domain/transcription.ts';
import type { Quotas } from './ports.ts';

/** Whether a file is about as long as it was announced: at most a tenth and a minute longer. */
function isAsAnnounced(seconds: number, announced: number | null): boolean {
  return announced !== null && seconds <= announced * 1.1 + 60;
}

/**
 * The length of a file is known now. One that was announced as shorter, or not at all (files that were sent as
 * documents), has to fit into what its person has left, since nobody could tell when it was taken. Rejects with
 * `quota_spent` when it does not.
 */
export async function holdToQuota(
  { quotas }: { quotas: Quotas },
  { id, announcedSeconds }: Job,
  seconds: number,
): Promise<void> {
  if (isAsAnnounced(seconds, announcedSeconds)) return;
  const refusal = await quotas.refusal(id, seconds);
  if (refusal === null) return;
  const { period, minutes: limitMinutes } = refusal;
  const fileMinutes = Math.ceil(seconds / 60);
  throw new DabirError(
    'quota_spent',
    `${fileMinutes} minutes are more than is left of ${limitMinutes} a ${period}`,
    {
      details: { fileMinutes, limitMinutes, period },
    },
  );
}

import { DabirError } from '../../domain/errors.ts';
import type { Job } from '../../domain/transcription.ts';
import type { Quotas } from '../ports/quotas.ts';

/** Returns whether the audio is about as long as announced: at most a tenth plus a minute longer. */
function isAsAnnounced(seconds: number, announced: number | null): boolean {
  return announced !== null && seconds <= announced * 1.1 + 60;
}

/**
 * Checks the decoded length against the user's quota. Only for uploads announced as shorter or without a length (files
 * sent as documents), whose real length was unknown when the lane accepted them.
 * @throws DabirError `quota_spent` when the audio does not fit into the rest of the quota
 */
export async function checkQuota(
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
    `${fileMinutes} minutes exceed what is left of ${limitMinutes} a ${period}`,
    {
      details: { fileMinutes, limitMinutes, period },
    },
  );
}

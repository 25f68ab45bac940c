import type { EngineProfile } from './engine.ts';

/** What a file may take besides its length: the way to and from a service, a queue in front of it, a busy machine. */
const allowanceMs = 10 * 60_000;

/**
 * From claim to finish, in milliseconds; longer counts as hung.
 * @param durationSeconds of the audio
 * @param longestMs what the operator allows at most
 */
export function jobDeadlineMs(
  { slowestPace }: Pick<EngineProfile, 'slowestPace'>,
  durationSeconds: number,
  longestMs: number,
): number {
  return Math.min(longestMs, allowanceMs + durationSeconds * 1000 * slowestPace);
}

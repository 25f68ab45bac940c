import type { EngineProfile } from './engine.ts';

/**
 * Time that a job may take in addition to its processing, in ms: network transfer, a queue at the engine, a busy
 * machine.
 */
const allowanceMs = 10 * 60_000;

/**
 * Returns how long a job may take from claim to end, in ms. A longer job counts as hung.
 * @param durationSeconds length of the audio
 * @param maxJobMs upper bound from the configuration
 */
export function jobDeadlineMs(
  { maxRealTimeFactor }: Pick<EngineProfile, 'maxRealTimeFactor'>,
  durationSeconds: number,
  maxJobMs: number,
): number {
  return Math.min(maxJobMs, allowanceMs + durationSeconds * 1000 * maxRealTimeFactor);
}

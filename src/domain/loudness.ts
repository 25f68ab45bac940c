/** Loudness of audio over time, as the decoder measures it. */
export type Loudness = {
  /** Decibels below full scale for each step, 0 to 100; 100 is silence. */
  readonly levels: Uint8Array;
  /** Length of a step, in seconds. */
  readonly stepSeconds: number;
};

/** A range of audio, in seconds from its start. */
export type Range = { readonly start: number; readonly end: number };

/** Level below which nothing can be heard, in decibels under full scale. No microphone records speech that quietly. */
const silentLevel = 60;
/** Distance from the loud moments of the same audio below which there is no speech, in decibels. */
const belowTheLoud = 35;

/**
 * Returns the level from which on a moment is silent; a higher level is quieter. The result is cautious: room noise is
 * not silence, because it may be a whisper.
 */
export function silenceFrom({ levels }: Loudness): number {
  return Math.min(100, Math.max(silentLevel, quantile(levels, 0.05) + belowTheLoud));
}

/** Returns true when nothing can be heard in the whole range. Returns false for an empty range. */
export function isSilent(loudness: Loudness, { start, end }: Range, from = silenceFrom(loudness)): boolean {
  const first = Math.max(0, Math.floor(start / loudness.stepSeconds));
  const last = Math.min(loudness.levels.length, Math.ceil(end / loudness.stepSeconds));
  for (let step = first; step < last; step += 1) if ((loudness.levels[step] ?? 100) < from) return false;
  return last > first;
}

/** Returns the quantile of the levels; 0.05 gives the level of the loudest twentieth. */
export function quantile(levels: Uint8Array, share: number): number {
  const counts = new Uint32Array(101);
  for (const level of levels) counts[Math.min(100, level)] = (counts[Math.min(100, level)] ?? 0) + 1;
  let seen = 0;
  for (const [level, count] of counts.entries()) {
    seen += count;
    if (seen > levels.length * share) return level;
  }
  return 100;
}

/** How loud a recording is over its length, as the decoder measures it. */
export type Loudness = {
  /** Decibels below full scale for each step, 0 to 100; 100 is silence. */
  readonly levels: Uint8Array;
  /** Seconds that one level stands for. */
  readonly stepSeconds: number;
};

/** A stretch of a recording in seconds from its start. */
export type Range = { readonly start: number; readonly end: number };

/** No microphone that hears speech is so quiet: below it, in decibels under full scale, there is nothing to hear. */
const silentLevel = 60;
/** Nor is speech so far below the loud moments of the same recording, in decibels. */
const belowTheLoud = 35;

/**
 * The level from which on a moment is silent (levels grow as it gets quieter). It is on the safe side: room noise is
 * not silence, since somebody may be whispering in it.
 */
export function silenceFrom({ levels }: Loudness): number {
  return Math.min(100, Math.max(silentLevel, quantile(levels, 0.05) + belowTheLoud));
}

/** True when nothing can be heard in the whole range; of an empty one nobody can say. */
export function isSilent(loudness: Loudness, { start, end }: Range, from = silenceFrom(loudness)): boolean {
  const first = Math.max(0, Math.floor(start / loudness.stepSeconds));
  const last = Math.min(loudness.levels.length, Math.ceil(end / loudness.stepSeconds));
  for (let step = first; step < last; step += 1) if ((loudness.levels[step] ?? 100) < from) return false;
  return last > first;
}

/** The level that `share` of the steps fall below: 0.05 is that of the loudest twentieth. */
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

/** Maximum graphemes per line, from Netflix's Timed Text Style Guide and the BBC's guidelines. */
export const maxLineLength = 42;
/** Minimum and maximum duration of a cue, in ms. */
export const minCueMs = 1_000;
export const maxCueMs = 7_000;
/** A cue ends at a pause of this length, in seconds. */
export const maxPauseSeconds = 1.5;
/** Comfortable reading rate, in characters per second. */
export const readingRate = 17;

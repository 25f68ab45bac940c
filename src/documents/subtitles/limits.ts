/** Characters (graphemes) on a line, lines on the screen: Netflix's Timed Text Style Guide and the BBC's. */
export const lineLength = 42;
/** How long a cue may be seen, in milliseconds. */
export const shortestMs = 1_000;
export const longestMs = 7_000;
/** A cue does not outlast a silence like this, in seconds. */
export const longestPauseSeconds = 1.5;
/** Characters a second that people read without haste. */
export const readingRate = 17;

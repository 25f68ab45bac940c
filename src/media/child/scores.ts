/**
 * At or below this score FFmpeg warns of misdetection (AVPROBE_SCORE_RETRY); random bytes reach 1 to 25 as MP3 or
 * MPEG.
 */
export const lowScore = 25;
/** FFmpeg's score for a few stray frames (AVPROBE_SCORE_EXTENSION / 4); a format below it is never accepted. */
export const hopelessScore = 12;

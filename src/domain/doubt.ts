import { isSilent, type Loudness, silenceFrom } from './loudness.ts';
import { splitWords } from './timed-words.ts';
import type { Segment } from './transcript.ts';

/** Whisper's own bound (`compression_ratio_threshold`): text that packs better goes round in a loop. */
const loopCompressionRatio = 2.4;
/** A text that packs well is only a loop when it is long: "yes, yes, yes" is what people say. */
const leastLoopWords = 12;
/** And has few different words: a list of sentences that begin alike packs well too. */
const leastVariety = 0.25;
/** Phrases of so many words are looked for. */
const longestPhrase = 8;
/** So many times in a row, and more than half of the text: nobody says that. */
const leastRepeats = 5;
const leastRepeatedWords = 10;
/** Whisper's own bounds for text that it made up while nobody spoke (`no_speech_threshold`, `log_prob_threshold`). */
const noSpeech = 0.6;
const unsure = -1;

/**
 * The segments, each with the reason why it may be made up, if there is one: engines go round in loops, and thank for
 * watching where nobody spoke.
 * @param loudness of the whole file, null when it is not known
 */
export function withDoubts(segments: readonly Segment[], loudness: Loudness | null): Segment[] {
  const silent = loudness === null ? 0 : silenceFrom(loudness);
  return segments.map((segment) => {
    const doubt = doubtOf(segment, loudness, silent);
    return doubt === null ? segment : { ...segment, doubt };
  });
}

function doubtOf(
  segment: Segment,
  loudness: Loudness | null,
  silent: number,
): NonNullable<Segment['doubt']> | null {
  if (isLoop(segment)) return 'loop';
  const { noSpeechProbability, averageLogProbability } = segment;
  if ((noSpeechProbability ?? 0) > noSpeech && (averageLogProbability ?? 0) < unsure) return 'silence';
  if (loudness !== null && segment.text.trim() !== '' && isSilent(loudness, segment, silent))
    return 'silence';
  return null;
}

function isLoop({ text, compressionRatio }: Segment): boolean {
  const words = splitWords(text).map((word) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}]/gu, ''));
  const variety = new Set(words).size / words.length;
  const isMonotonous = words.length >= leastLoopWords && variety < leastVariety;
  if (isMonotonous && (compressionRatio ?? 0) > loopCompressionRatio) return true;
  for (let length = 1; length <= longestPhrase; length += 1) {
    if (longestRepetition(words, length) > words.length / 2) return true;
  }
  return false;
}

/** How many words the longest run of one phrase covers, 0 when it is not repeated often enough. */
function longestRepetition(words: readonly string[], length: number): number {
  let longest = 0;
  let same = 0;
  for (let at = length; at < words.length; at += 1) {
    same = words[at] !== '' && words[at] === words[at - length] ? same + 1 : 0;
    longest = Math.max(longest, same);
  }
  const covered = longest + length;
  return covered >= Math.max(length * leastRepeats, leastRepeatedWords) ? covered : 0;
}

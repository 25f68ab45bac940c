import { isSilent, type Loudness, silenceFrom } from './loudness.ts';
import { splitWords } from './timed-words.ts';
import type { Segment } from './transcript.ts';

/** Whisper's own limit (`compression_ratio_threshold`): text that compresses better is a repeated loop. */
const loopCompressionRatio = 2.4;
/** Fewest words of a loop. Short texts repeat in real speech too: "yes, yes, yes". */
const minLoopWords = 12;
/** Share of different words below which a text can be a loop. Sentences with the same beginning compress well too. */
const minVariety = 0.25;
/** Longest phrase that is checked for repetition, in words. */
const maxPhraseLength = 8;
/** Fewest repetitions of a phrase in a row that make a loop. They must also cover more than half of the text. */
const minRepeats = 5;
const minRepeatedWords = 10;
/** Whisper's own limits for text hallucinated in silence (`no_speech_threshold`, `log_prob_threshold`). */
const noSpeech = 0.6;
const lowLogProbability = -1;

/**
 * Marks the segments that may be hallucinations with the reason: engines repeat themselves in loops, and write words
 * such as "thanks for watching" in silence.
 * @param loudness of the whole audio; null when unknown
 */
export function flagHallucinations(segments: readonly Segment[], loudness: Loudness | null): Segment[] {
  const silent = loudness === null ? 0 : silenceFrom(loudness);
  return segments.map((segment) => {
    const hallucination = hallucinationOf(segment, loudness, silent);
    return hallucination === null ? segment : { ...segment, hallucination };
  });
}

function hallucinationOf(
  segment: Segment,
  loudness: Loudness | null,
  silent: number,
): NonNullable<Segment['hallucination']> | null {
  if (isLoop(segment)) return 'loop';
  const { noSpeechProbability, averageLogProbability } = segment;
  if ((noSpeechProbability ?? 0) > noSpeech && (averageLogProbability ?? 0) < lowLogProbability)
    return 'silence';
  if (loudness !== null && segment.text.trim() !== '' && isSilent(loudness, segment, silent))
    return 'silence';
  return null;
}

function isLoop({ text, compressionRatio }: Segment): boolean {
  const words = splitWords(text).map((word) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}]/gu, ''));
  const variety = new Set(words).size / words.length;
  const isMonotonous = words.length >= minLoopWords && variety < minVariety;
  if (isMonotonous && (compressionRatio ?? 0) > loopCompressionRatio) return true;
  for (let length = 1; length <= maxPhraseLength; length += 1) {
    if (maxRepetitionLength(words, length) > words.length / 2) return true;
  }
  return false;
}

/** Returns how many words the longest run of one phrase covers; 0 when it is not repeated often enough. */
function maxRepetitionLength(words: readonly string[], length: number): number {
  let maxRepeats = 0;
  let same = 0;
  for (let at = length; at < words.length; at += 1) {
    same = words[at] !== '' && words[at] === words[at - length] ? same + 1 : 0;
    maxRepeats = Math.max(maxRepeats, same);
  }
  const covered = maxRepeats + length;
  return covered >= Math.max(length * minRepeats, minRepeatedWords) ? covered : 0;
}

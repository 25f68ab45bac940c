import type { Loudness, Range } from '../../src/domain/loudness.ts';
import type { Segment, Word } from '../../src/domain/transcript.ts';

const stepSeconds = 0.02;

/** The words that were really said, with their times. */
export type Truth = {
  readonly words: readonly Word[];
  readonly loudness: Loudness;
  readonly seconds: number;
};

/** One word before it has its time: its length, and the pause after it, in seconds. */
export type Spoken = { readonly text: string; readonly lasts: number; readonly pause: number };

/**
 * Returns audio with these words, which are 25 dB below full scale.
 * @param pauseLevel level of the pauses in dB below full scale: 70 dB is silence, 50 dB the noise of a room
 */
export function audioOf(spoken: readonly Spoken[], pauseLevel = 70): Truth {
  const words: Word[] = [];
  let at = 0;
  for (const { text, lasts, pause } of spoken) {
    words.push({ text, start: at, end: at + lasts, probability: null });
    at += lasts + pause;
  }
  const levels = new Uint8Array(Math.ceil(at / stepSeconds)).fill(pauseLevel);
  for (const { start, end } of words)
    levels.fill(25, Math.floor(start / stepSeconds), Math.ceil(end / stepSeconds));
  return { words, loudness: { levels, stepSeconds }, seconds: at };
}

/**
 * Returns what a perfect engine makes of a range: every word that is whole, and a fragment of one that was
 * cut.
 * @param hasTimes with the words' times, or with one segment for all, as some services answer
 */
export function transcribe({ words }: Truth, { start, end }: Range, hasTimes: boolean): Segment[] {
  const transcribed = words.flatMap((word): Word[] => {
    if (word.end <= start + 0.001 || word.start >= end - 0.001) return [];
    if (word.start >= start - 0.001 && word.end <= end + 0.001) return [word];
    return [
      {
        ...word,
        text: `…${word.text.slice(0, 1)}`,
        start: Math.max(start, word.start),
        end: Math.min(end, word.end),
      },
    ];
  });
  return transcribed.length === 0 ? [] : [segment(transcribed, hasTimes, { start, end })];
}

function segment(words: readonly Word[], hasTimes: boolean, part: Range): Segment {
  return {
    start: hasTimes ? (words[0]?.start ?? part.start) : part.start,
    end: hasTimes ? (words.at(-1)?.end ?? part.end) : part.end,
    text: words.map(({ text }) => text).join(' '),
    words: hasTimes ? words : [],
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  };
}

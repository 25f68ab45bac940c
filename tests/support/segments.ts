import { timedWords } from '../../src/domain/timed-words.ts';
import { type Segment, transcriptText } from '../../src/domain/transcript.ts';

/** Returns one segment of a second for each text, every word with its time. */
export function segmentsOf(...texts: string[]): Segment[] {
  return texts.map((text, start) => ({
    start,
    end: start + 1,
    text,
    words: timedWords(text, { start, end: start + 1, words: [] }),
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  }));
}

/** Joins the segments to running text. */
export function textOf(segments: readonly Segment[]): string {
  return transcriptText({ language: null, languageProbability: null, segments });
}

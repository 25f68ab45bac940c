import { type DocumentParagraph, paragraphText } from './document.ts';
import type { EngineId } from './engine-names.ts';
import type { Segment, Transcript } from './transcript.ts';

/** Pause between two uploads in one document, in seconds: long enough to start a new paragraph. */
const pauseSeconds = 2;

/** One of several uploads, with the heading above it, such as "Sara, 14:05". */
export type BundledUpload = {
  readonly transcript: Transcript;
  /** Length of the audio, in seconds. */
  readonly durationSeconds: number;
  readonly engine: EngineId;
  readonly heading: string;
};

/**
 * Joins uploads into one transcript. Times continue from one to the next, and each upload's heading is its speaker. The
 * language is the one with the most seconds of audio.
 */
export function bundledUpload(uploads: readonly BundledUpload[]): Omit<BundledUpload, 'heading'> {
  const engine = uploads[0]?.engine ?? 'local';
  const secondsIn = new Map<string, number>();
  const segments: Segment[] = [];
  let start = 0;
  let length = 0;
  for (const { transcript, durationSeconds, engine: own, heading } of uploads) {
    const { language } = transcript;
    if (language !== null) secondsIn.set(language, (secondsIn.get(language) ?? 0) + durationSeconds);
    for (const segment of transcript.segments) {
      segments.push({
        ...later(segment, start),
        speaker: segment.speaker === undefined ? heading : `${heading} – ${segment.speaker}`,
        ...(own !== engine && { engine: segment.engine ?? own }),
      });
    }
    start += durationSeconds;
    length = start;
    start += pauseSeconds;
  }
  const [max] = [...secondsIn].toSorted(([, a], [, b]) => b - a);
  return {
    engine,
    durationSeconds: length,
    transcript: { language: max?.[0] ?? null, languageProbability: null, segments },
  };
}

function later(segment: Segment, seconds: number): Segment {
  const moved = <Timed extends { start: number; end: number }>(timed: Timed): Timed => ({
    ...timed,
    start: timed.start + seconds,
    end: timed.end + seconds,
  });
  return { ...moved(segment), words: segment.words.map(moved) };
}

/** Returns paragraphs as text for the chat, with a heading at every change of speaker. */
export function textWithHeadings(paragraphs: Iterable<DocumentParagraph>): string {
  const lines: string[] = [];
  let previous: string | null = null;
  for (const paragraph of paragraphs) {
    const { speaker } = paragraph;
    lines.push(
      speaker === null || speaker === previous
        ? paragraphText(paragraph)
        : `${speaker}\n${paragraphText(paragraph)}`,
    );
    previous = speaker;
  }
  return lines.join('\n\n');
}

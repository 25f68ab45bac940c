import { type DocumentParagraph, paragraphText } from './document.ts';
import type { EngineId } from './engine-names.ts';
import type { Segment, Transcript } from './transcript.ts';

/** Between two recordings, in seconds: a listener hears a new thought, a reader sees a new paragraph. */
const pauseSeconds = 2;

/** One recording of several, and what stands above it, such as "Sara, 14:05". */
export type Recording = {
  readonly transcript: Transcript;
  /** Seconds. */
  readonly durationSeconds: number;
  readonly engine: EngineId;
  readonly heading: string;
};

/**
 * Recordings one after the other as if they were one: times go on, and each is spoken under its heading. The language is
 * the one that most of it is in.
 */
export function oneRecording(recordings: readonly Recording[]): Omit<Recording, 'heading'> {
  const engine = recordings[0]?.engine ?? 'local';
  const secondsIn = new Map<string, number>();
  const segments: Segment[] = [];
  let start = 0;
  let length = 0;
  for (const { transcript, durationSeconds, engine: own, heading } of recordings) {
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
  const [most] = [...secondsIn].toSorted(([, a], [, b]) => b - a);
  return {
    engine,
    durationSeconds: length,
    transcript: { language: most?.[0] ?? null, languageProbability: null, segments },
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

/** Paragraphs as the chat shows them: a heading wherever another begins to speak. */
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

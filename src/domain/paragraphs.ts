import type { Segment } from './transcript.ts';

/** A pause that a listener hears as a new thought, in seconds. */
const longPauseSeconds = 1.5;
/** Past this many UTF-16 units a paragraph ends at the next sentence; about eight lines on paper. */
const comfortableLength = 500;
/** Past this it ends at the next segment, sentence or not: engines do not always punctuate. */
const longestLength = 1200;

/** Segments as paragraphs: a new one after a long pause, and where a sentence ends once it is long enough. */
export function toParagraphs(segments: readonly Segment[]): string[] {
  const paragraphs: string[] = [];
  let current = '';
  let previousEnd = 0;
  for (const segment of segments) {
    const text = segment.text.trim();
    if (text === '') continue;
    const pause = segment.start - previousEnd;
    const full =
      current.length >= longestLength ||
      (current.length >= comfortableLength && /[.!?؟…۔。！？]["»”)]*$/.test(current));
    if (current !== '' && (full || pause >= longPauseSeconds)) {
      paragraphs.push(current);
      current = '';
    }
    current = current === '' ? text : `${current} ${text}`;
    previousEnd = segment.end;
  }
  if (current !== '') paragraphs.push(current);
  return paragraphs;
}

import type { DocumentParagraph, DocumentSegment } from './document.ts';
import { paragraphText } from './document.ts';
import { timedWords } from './timed-words.ts';
import type { Segment, Word } from './transcript.ts';

/** Shortest pause that starts a new paragraph, in seconds. */
const longPauseSeconds = 1.5;
/** Length from which on a paragraph ends at the next sentence, in UTF-16 units; about eight lines on paper. */
const comfortableLength = 500;
/** Length from which on a paragraph ends at the next segment, in UTF-16 units. Engines do not always punctuate. */
const maxParagraphLength = 1200;

/** The end of a sentence, with the brackets and quotation marks that close after it. */
const sentenceEnd = /[.!?؟…۔。！？।]["'»”’)\]]*$/u;

/** Mark before a possible hallucination, in every language. */
const hallucinationMark = '[?] ';

/**
 * Groups segments into paragraphs. A new one begins at a change of speaker, after a long pause, and at the end of a
 * sentence once the paragraph is long enough. A very long segment is cut at its sentences.
 * @param write converts the engine's text to the text of the document
 */
export function documentParagraphs(
  segments: readonly Segment[],
  write: (text: string) => string = (text) => text,
): DocumentParagraph[] {
  const paragraphs: { speaker: string | null; segments: DocumentSegment[] }[] = [];
  let length = 0;
  let previous: DocumentSegment | null = null;
  for (const spoken of segments) {
    const speaker = spoken.speaker ?? null;
    for (const segment of cutLong(spoken).flatMap((piece) => describe(piece, write))) {
      const current = paragraphs.at(-1);
      if (
        current === undefined ||
        previous === null ||
        speaker !== current.speaker ||
        segment.start - previous.end >= longPauseSeconds ||
        isFull(length, previous.text)
      ) {
        paragraphs.push({ speaker, segments: [segment] });
        length = segment.text.length;
      } else {
        current.segments.push(segment);
        length += 1 + segment.text.length;
      }
      previous = segment;
    }
  }
  return paragraphs;
}

/** Returns the same paragraphs as running text. */
export function toParagraphs(segments: readonly Segment[], write?: (text: string) => string): string[] {
  return documentParagraphs(segments, write).map(paragraphText);
}

function isFull(length: number, lastText: string): boolean {
  return length >= maxParagraphLength || (length >= comfortableLength && sentenceEnd.test(lastText));
}

function describe(spoken: Segment, write: (text: string) => string): DocumentSegment[] {
  const original = spoken.text.trim();
  const text = (spoken.hallucination === undefined ? '' : hallucinationMark) + write(original).trim();
  if (text === '') return [];
  const words = spoken.words.length === 0 ? [] : timedWords(text, spoken);
  return [{ start: spoken.start, end: spoken.end, text, original, words }];
}

/** Splits a segment that is too long into several, each with its own times and words. */
function cutLong(spoken: Segment): Segment[] {
  if (spoken.text.length <= maxParagraphLength) return [spoken];
  let from = 0;
  return groupWords(timedWords(spoken.text, spoken)).map((words) => {
    const to = endOf(spoken.text, words, from);
    const text = spoken.text.slice(from, to);
    from = to;
    return {
      ...spoken,
      start: words[0]?.start ?? spoken.start,
      end: words.at(-1)?.end ?? spoken.end,
      text,
      words: spoken.words.length === 0 ? [] : words,
    };
  });
}

/** Groups words at the places where paragraphs end. */
function groupWords(words: readonly Word[]): Word[][] {
  const groups: Word[][] = [];
  let length = 0;
  for (const word of words) {
    const group = groups.at(-1);
    if (group === undefined || isFull(length, group.at(-1)?.text ?? '')) {
      groups.push([word]);
      length = 0;
    } else group.push(word);
    length += word.text.length + 1;
  }
  return groups;
}

/** Returns where the last of some words ends in their text. */
function endOf(text: string, words: readonly Word[], from: number): number {
  let at = from;
  for (const word of words) at = text.indexOf(word.text, at) + word.text.length;
  return at;
}

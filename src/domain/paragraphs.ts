import type { DocumentParagraph, DocumentSegment } from './document.ts';
import { paragraphText } from './document.ts';
import { timedWords } from './timed-words.ts';
import type { Segment, Word } from './transcript.ts';

/** A pause that a listener hears as a new thought, in seconds. */
const longPauseSeconds = 1.5;
/** Past this many UTF-16 units a paragraph ends at the next sentence; about eight lines on paper. */
const comfortableLength = 500;
/** Past this it ends at the next segment, sentence or not: engines do not always punctuate. */
const longestLength = 1200;

/** What ends a sentence, with the brackets and quotation marks that close after it. */
const sentenceEnd = /[.!?؟…۔。！？।]["'»”’)\]]*$/u;

/** Stands before what the engine may have made up, in every language. */
const doubtMark = '[?] ';

/**
 * Segments as paragraphs: a new one at a change of speaker, after a long pause, and where a sentence ends once it is
 * long enough. A segment that is a wall by itself is cut at its sentences.
 * @param write the text as the document shows it, from the text as it was heard
 */
export function documentParagraphs(
  segments: readonly Segment[],
  write: (heard: string) => string = (heard) => heard,
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

/** The same paragraphs as running text. */
export function toParagraphs(segments: readonly Segment[], write?: (heard: string) => string): string[] {
  return documentParagraphs(segments, write).map(paragraphText);
}

function isFull(length: number, lastText: string): boolean {
  return length >= longestLength || (length >= comfortableLength && sentenceEnd.test(lastText));
}

function describe(spoken: Segment, write: (heard: string) => string): DocumentSegment[] {
  const heard = spoken.text.trim();
  const text = (spoken.doubt === undefined ? '' : doubtMark) + write(heard).trim();
  if (text === '') return [];
  const words = spoken.words.length === 0 ? [] : timedWords(text, spoken);
  return [{ start: spoken.start, end: spoken.end, text, heard, words }];
}

/** A segment past all measure as several, each with its own times and words. */
function cutLong(spoken: Segment): Segment[] {
  if (spoken.text.length <= longestLength) return [spoken];
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

/** Words as groups that end as paragraphs do. */
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

/** Where the last of some words ends in the text that they are the words of. */
function endOf(text: string, words: readonly Word[], from: number): number {
  let at = from;
  for (const word of words) at = text.indexOf(word.text, at) + word.text.length;
  return at;
}

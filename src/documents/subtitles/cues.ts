import type { DocumentParagraph } from '../../domain/document.ts';
import { placedWords } from '../../domain/placed-words.ts';
import { bestCues } from './best-cues.ts';
import type { CueWord } from './cue-word.ts';
import { cutWord, graphemeCount } from './graphemes.ts';
import { longestMs, readingRate, shortestMs } from './limits.ts';

/** What is on the screen at once. Times in whole milliseconds. */
export type Cue = {
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  /** One or two lines of at most 42 characters. */
  readonly lines: readonly (readonly CueWord[])[];
};

/**
 * Subtitles of a transcript, cue by cue: at most two lines of 42 characters, from 1 to 7 seconds and to be read at 17
 * characters a second where the times allow it (Netflix's and the BBC's guides), never two at once, in growing order.
 */
export function* makeCues(paragraphs: Iterable<DocumentParagraph>): Generator<Cue> {
  let held: Cue | null = null;
  for (const paragraph of paragraphs) {
    for (const lines of bestCues(wordsOf(paragraph))) {
      const next = timed(lines, paragraph.speaker, held?.start ?? -1);
      if (held !== null) yield { ...held, end: endBefore(held, next) };
      held = next;
    }
  }
  if (held !== null) yield { ...held, end: endBefore(held, null) };
}

/** A line of a cue as text. */
export function lineText(words: readonly CueWord[]): string {
  return words
    .map(({ text, hasSpaceBefore }, index) => (hasSpaceBefore && index > 0 ? ' ' : '') + text)
    .join('');
}

function wordsOf({ segments }: DocumentParagraph): CueWord[] {
  return segments.flatMap((segment) =>
    placedWords(segment).flatMap((word) =>
      cutWord(word.text).map((text, index) => ({
        text,
        start: word.start,
        end: word.end,
        probability: word.probability,
        length: graphemeCount(text),
        hasSpaceBefore: index === 0 && (word.from === 0 || /\s/.test(segment.text[word.from - 1] ?? '')),
      })),
    ),
  );
}

/** The cue with the times at which its words were said; it begins after the one before it. */
function timed(lines: readonly (readonly CueWord[])[], speaker: string | null, after: number): Cue {
  const words = lines.flat();
  const start = Math.max(milliseconds(words[0]?.start), after + 1);
  return { start, end: Math.max(milliseconds(words.at(-1)?.end), start + 1), speaker, lines };
}

/** No engine's clock is trusted with a negative or an endless time. */
function milliseconds(seconds = 0): number {
  return Number.isFinite(seconds) ? Math.min(Math.max(0, Math.round(seconds * 1000)), latestMs) : 0;
}

/** 1,000 hours; more than any file, less than what an integer holds. */
const latestMs = 3_600_000_000;

/** A cue stays until its words are said and can be read, but not into the next one. */
function endBefore(cue: Cue, next: Cue | null): number {
  const length = cue.lines.flat().reduce((sum, word) => sum + word.length + 1, -1);
  const toRead = Math.max(shortestMs, Math.ceil((length / readingRate) * 1000));
  const wanted = Math.min(Math.max(cue.end, cue.start + toRead), cue.start + longestMs);
  return next === null ? wanted : Math.max(Math.min(wanted, next.start), cue.start + 1);
}

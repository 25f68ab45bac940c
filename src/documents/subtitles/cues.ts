import type { DocumentParagraph } from '../../domain/document.ts';
import { placedWords } from '../../domain/placed-words.ts';
import { bestCues } from './best-cues.ts';
import type { CueWord } from './cue-word.ts';
import { cutWord, graphemeCount } from './graphemes.ts';
import { maxCueMs, minCueMs, readingRate } from './limits.ts';

/** Text that is on the screen at one time. Times are in whole milliseconds. */
export type Cue = {
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  /** One or two lines of at most 42 characters. */
  readonly lines: readonly (readonly CueWord[])[];
};

/**
 * Yields the subtitles of a transcript in growing order of time, without overlaps. A cue has at most two lines of
 * 42 characters; where the times allow, it lasts from 1 to 7 seconds at no more than 17 characters per second
 * (the guides of Netflix and the BBC).
 */
export function* makeCues(paragraphs: Iterable<DocumentParagraph>): Generator<Cue> {
  let held: Cue | null = null;
  for (const paragraph of paragraphs) {
    for (const lines of bestCues(wordsOf(paragraph))) {
      const next = toCue(lines, paragraph.speaker, held?.start ?? -1);
      if (held !== null) yield { ...held, end: endBefore(held, next) };
      held = next;
    }
  }
  if (held !== null) yield { ...held, end: endBefore(held, null) };
}

/** Joins the words of a line. */
export function lineText(words: readonly CueWord[]): string {
  let text = '';
  for (const [index, word] of words.entries()) {
    text += word.hasSpaceBefore && index > 0 ? ` ${word.text}` : word.text;
  }
  return text;
}

function wordsOf({ segments }: DocumentParagraph): CueWord[] {
  const words: CueWord[] = [];
  for (const segment of segments) {
    for (const { text, start, end, probability, from } of placedWords(segment)) {
      let hasSpaceBefore = from === 0 || isSpace(segment.text[from - 1] ?? '');
      for (const piece of cutWord(text)) {
        words.push({ text: piece, start, end, probability, length: graphemeCount(piece), hasSpaceBefore });
        hasSpaceBefore = false;
      }
    }
  }
  return words;
}

function isSpace(character: string): boolean {
  return character === ' ' || /\s/.test(character);
}

/** Returns a cue with the times of its words; it starts after the previous one. */
function toCue(lines: readonly (readonly CueWord[])[], speaker: string | null, after: number): Cue {
  const start = Math.max(milliseconds(lines[0]?.[0]?.start), after + 1);
  return { start, end: milliseconds(lines.at(-1)?.at(-1)?.end), speaker, lines };
}

/** Converts seconds to milliseconds; engines can return negative or infinite times. */
function milliseconds(seconds = 0): number {
  return Number.isFinite(seconds) ? Math.min(Math.max(0, Math.round(seconds * 1000)), latestMs) : 0;
}

/** 1,000 hours; longer than any file, and within the range of an integer. */
const latestMs = 3_600_000_000;

/**
 * Returns a cue's end: after its words are said and can be read, but not after the next cue's start, which is later
 * than its own.
 */
function endBefore(cue: Cue, next: Cue | null): number {
  let length = -1;
  for (const line of cue.lines) for (const word of line) length += word.length + 1;
  const toRead = Math.max(minCueMs, Math.ceil((length / readingRate) * 1000));
  const wanted = Math.min(Math.max(cue.end, cue.start + toRead), cue.start + maxCueMs);
  return next === null ? wanted : Math.min(wanted, next.start);
}

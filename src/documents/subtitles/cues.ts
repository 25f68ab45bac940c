import { type DocumentParagraph, paragraphText } from '../../domain/document.ts';
import { placedWords } from '../../domain/placed-words.ts';
import { baseDirection } from '../layout/base-direction.ts';
import type { Direction } from '../layout/direction.ts';
import { chooseBestCues } from './best-cues.ts';
import { cueDirection } from './cue-direction.ts';
import type { CueWord } from './cue-word.ts';
import { cutWord, graphemeCount } from './graphemes.ts';
import { maxCueMs, minCueMs, readingRate } from './limits.ts';

/** Text that is on the screen at one time. Times are in whole milliseconds. */
export type Cue = {
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  /** See `cueDirection`. */
  readonly direction: Direction;
  /** One or two lines of at most 42 characters. */
  readonly lines: readonly (readonly CueWord[])[];
};

/** How cues are made. */
export type CueOptions = {
  /** Direction of the text's language. */
  readonly usual: Direction;
  /** Text before the first words of another speaker, in formats that cannot name speakers. */
  readonly dash: string;
};

/**
 * Yields the subtitles of a transcript in growing order of time, without overlaps. A cue has at most two lines of
 * 42 characters; where the times allow, it lasts from 1 to 7 seconds at no more than 17 characters per second
 * (the guides of Netflix and the BBC).
 */
export function* makeCues(
  paragraphs: Iterable<DocumentParagraph>,
  { usual, dash }: CueOptions,
): Generator<Cue> {
  let held: Cue | null = null;
  for (const paragraph of paragraphs) {
    if (paragraph.isAside) continue;
    const { speaker } = paragraph;
    const isTurn: boolean = held !== null && speaker !== null && speaker !== held.speaker;
    const direction = baseDirection(paragraphText(paragraph), usual);
    for (const lines of chooseBestCues(wordsOf(paragraph, isTurn ? dash : ''))) {
      const times = timesOf(lines, held?.start ?? -1);
      const next: Cue = { ...times, speaker, direction: directionOf(lines, direction), lines };
      if (held !== null) yield { ...held, end: endBefore(held, next) };
      held = next;
    }
  }
  if (held !== null) yield { ...held, end: endBefore(held, null) };
}

function directionOf(lines: readonly (readonly CueWord[])[], paragraph: Direction): Direction {
  return cueDirection(lines.map(lineText).join(' '), paragraph);
}

/** Joins the words of a line. */
export function lineText(words: readonly CueWord[]): string {
  let text = '';
  for (const [index, word] of words.entries()) {
    text += word.hasSpaceBefore && index > 0 ? ` ${word.text}` : word.text;
  }
  return text;
}

function wordsOf({ segments }: DocumentParagraph, dash: string): CueWord[] {
  const words: CueWord[] = [];
  for (const segment of segments) {
    for (const { text, start, end, probability, from } of placedWords(segment)) {
      let hasSpaceBefore = from === 0 || isSpace(segment.text[from - 1] ?? '');
      for (const piece of cutWord(words.length === 0 ? dash + text : text)) {
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

/** Returns the times of a cue's words; it starts after the previous one. */
function timesOf(lines: readonly (readonly CueWord[])[], after: number): Pick<Cue, 'start' | 'end'> {
  const start = Math.max(milliseconds(lines[0]?.[0]?.start), after + 1);
  return { start, end: milliseconds(lines.at(-1)?.at(-1)?.end) };
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

import {
  type Corrected,
  type Correction,
  changedPlaces,
  type RestOfPlaces,
  stretchesOf,
} from '../../domain/correction/correct.ts';
import { replaceWords } from '../../domain/correction/replace.ts';
import {
  concatenateKeys,
  keysOf,
  type PlacedKey,
  placedKeys,
  type Stretch,
  wordKey,
} from '../../domain/correction/words.ts';
import { splitWords } from '../../domain/timed-words.ts';
import type { Segment } from '../../domain/transcript.ts';
import { closestMatches, type DifferingRun, differingRuns } from './align.ts';

/**
 * `same`: it already reads like that; `unclear`: no place is similar, or different ones are; `long`: too many words.
 */
type PassageResult = Corrected | 'same' | 'unclear' | 'long';

/** Longest passage, in words; comparing a longer one would take too long. */
const maxPassageLength = 300;
/** Maximum number of word pairs to compare: at most 80 MB of distances, and some seconds of work. */
const maxCompared = 20_000_000;

/**
 * Corrects the place in a transcript that is most similar to a passage, found by aligning the words. Of several places
 * with the same words only the first is corrected; `rest` names the others.
 */
export function correctPassage(segments: readonly Segment[], passage: string): PassageResult {
  const written = wordsOf(passage);
  const keys = written.map(wordKey);
  const words = placedKeys(segments);
  if (keys.length === 0) return 'unclear';
  if (keys.length > maxPassageLength || keys.length * words.length > maxCompared) return 'long';

  const transcribed = pieces(segments, words);
  const places = closestMatches(
    transcribed.map(({ key }) => key),
    keys,
  );
  const read = ({ from, to }: Stretch) => concatenateKeys(transcribed.slice(from, to).map(({ key }) => key));
  const [place, ...others] = places;
  if (place === undefined || others.some((other) => read(other) !== read(place))) return 'unclear';

  const own = transcribed.slice(place.from, place.to);
  const { differing, meant } = changesOf(own, written);
  if (meant.length === 0) return 'same';
  if (!isTrusted(own, keys, differing)) return 'unclear';
  const corrected = replaceIn(segments, words, transcribed, [place], meant);
  if (others.length === 0) return corrected;
  const wrong = plainText(own.map(({ text }) => text));
  return { ...corrected, rest: { wrong, right: passage, places: others.length } };
}

/**
 * Corrects all places of a transcript that read like the first place of a passage did.
 * @param wrong the words of that place before it was corrected
 */
export function correctRest(
  segments: readonly Segment[],
  { wrong, right }: Pick<RestOfPlaces, 'wrong' | 'right'>,
): Corrected {
  const words = placedKeys(segments);
  const transcribed = pieces(segments, words);
  const places = stretchesOf(transcribed, wrong);
  const [place] = places;
  if (place === undefined) return { segments, changed: [], done: [{ wrong, right, places: 0 }] };
  const { meant } = changesOf(transcribed.slice(place.from, place.to), wordsOf(right));
  return replaceIn(segments, words, transcribed, places, meant);
}

type MeantChange = Correction & { readonly run: DifferingRun };

/** Returns how a stretch of a transcript differs from a passage: in each run of words, and in those that matter. */
function changesOf(
  own: readonly Piece[],
  written: readonly string[],
): { differing: readonly DifferingRun[]; meant: readonly MeantChange[] } {
  const differing = differingRuns(
    own.map(({ key }) => key),
    written.map(wordKey),
  );
  const meant = inWholeWords(differing, own)
    .map((run) => ({ run, ...correctionOf(run, own, written) }))
    .filter(isCorrection);
  return { differing, meant };
}

/** Makes the same changes at several places with the same words. */
function replaceIn(
  segments: readonly Segment[],
  words: readonly PlacedKey[],
  transcribed: readonly Piece[],
  places: readonly Stretch[],
  meant: readonly MeantChange[],
): Corrected {
  const replacements = places.flatMap(({ from }) =>
    meant.map(({ run, right }) => ({
      from: transcribed[from + run.transcribed.from]?.word ?? 0,
      to: (transcribed[from + run.transcribed.to - 1]?.word ?? -1) + 1,
      right,
    })),
  );
  const corrected = replaceWords(segments, words, replacements);
  return {
    segments: corrected,
    changed: changedPlaces(segments, corrected),
    done: meant.map(({ wrong, right }) => ({ wrong, right, places: places.length })),
  };
}

function wordsOf(passage: string): string[] {
  return splitWords(passage).flatMap(atHalfSpaces).filter(isWord);
}

/** A word of a transcript, or a part of one between half-spaces; writers disagree on where half-spaces belong. */
type Piece = { readonly text: string; readonly key: string; readonly word: number };

function pieces(segments: readonly Segment[], words: readonly PlacedKey[]): Piece[] {
  const split = segments.map(({ text }) => splitWords(text));
  return words.flatMap(({ segment, word }, place) =>
    atHalfSpaces(split[segment]?.[word] ?? '').map((text) => ({ text, key: wordKey(text), word: place })),
  );
}

function atHalfSpaces(word: string): string[] {
  return word.split(/(?<=\u200c)(?=\p{L})/u);
}

function isWord(text: string): boolean {
  return wordKey(text) !== '';
}

/** Extends runs to the edges of words; the rest of a word is the same on both sides. */
function inWholeWords(runs: readonly DifferingRun[], own: readonly Piece[]): DifferingRun[] {
  const isCut = (at: number) => own[at] !== undefined && own[at - 1]?.word === own[at]?.word;
  const whole: DifferingRun[] = [];
  for (const { transcribed, written } of runs) {
    let [back, on] = [0, 0];
    while (isCut(transcribed.from - back)) back += 1;
    while (isCut(transcribed.to + on)) on += 1;
    const run = {
      transcribed: { from: transcribed.from - back, to: transcribed.to + on },
      written: { from: written.from - back, to: written.to + on },
    };
    const last = whole.at(-1);
    if (last === undefined || last.transcribed.to <= run.transcribed.from) whole.push(run);
    else {
      whole[whole.length - 1] = {
        transcribed: { from: last.transcribed.from, to: Math.max(last.transcribed.to, run.transcribed.to) },
        written: { from: last.written.from, to: Math.max(last.written.to, run.written.to) },
      };
    }
  }
  return whole;
}

function correctionOf(
  { transcribed, written: run }: DifferingRun,
  own: readonly Piece[],
  written: readonly string[],
): Correction {
  const read = own.slice(transcribed.from, transcribed.to).map(({ text }) => text);
  return { wrong: plainText(read), right: plainText(written.slice(run.from, run.to)) };
}

/** Joins pieces into text, without the punctuation around it, which is not part of the correction. */
function plainText(texts: readonly string[]): string {
  return texts
    .join(' ')
    .replaceAll('\u200c ', '\u200c')
    .replace(/^[\p{P}\u200c]+|(?<![\p{P}\u200c])[\p{P}\u200c]+$/gu, '');
}

/** Returns false for changes of Persian spaces and half-spaces only; normalising corrects those anyway. */
function isCorrection({ wrong, right }: Correction): boolean {
  if (wrong === right) return false;
  return (
    !/\p{Script=Arabic}/u.test(right) || concatenateKeys(keysOf(wrong)) !== concatenateKeys(keysOf(right))
  );
}

/**
 * Returns whether a passage is really meant as a correction; a remark about a transcript can resemble something in it.
 * Half of a passage must be in the transcript already. A single word must differ in more than its ending (`thanks`,
 * `thank`).
 */
function isTrusted(
  [only]: readonly Piece[],
  keys: readonly string[],
  differing: readonly DifferingRun[],
): boolean {
  const [alone = '', ...more] = keys;
  const transcribed = only?.key ?? '';
  if (more.length === 0) return !transcribed.startsWith(alone) && !alone.startsWith(transcribed);
  const others = differing.reduce((sum, { written }) => sum + written.to - written.from, 0);
  return keys.length === 2 || (keys.length - others) * 2 >= keys.length;
}

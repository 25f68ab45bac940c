import { withoutBidiControls } from './bidi-controls.ts';

/**
 * Maximum length of the text in the status message of a running file, in UTF-16 units: about twelve lines on a phone,
 * so that the bar stays in sight above it.
 */
export const maxLiveLength = 400;

const leftToRightMark = '\u200e';
const rightToLeftMark = '\u200f';

/** Letters of the scripts that are written from right to left and in use today. */
const rightToLeftLetters =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;
const letters = /\p{L}/gu;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Returns the end of a text in one paragraph, from the beginning of a word on, with "…" before it. A direction mark
 * precedes the "…": the first word left may be foreign, and would turn the whole paragraph (UAX #9, P2).
 * @param limit maximum length without the "…", in UTF-16 units
 */
export function endOfText(text: string, limit: number = maxLiveLength): string {
  // Twice the limit: white space that is collapsed does not count.
  const plain = withoutBidiControls(text.slice(-2 * limit))
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (plain.length <= limit && text.length <= 2 * limit) return plain.toWellFormed();
  const end = plain.slice(-limit);
  const word = end.search(/\s/);
  const rest = word < 0 ? end.slice(wholeGrapheme(plain, plain.length - end.length)) : end.slice(word + 1);
  return `${directionMark(plain)}… ${rest.toWellFormed()}`;
}

/** Returns the number of UTF-16 units from a place to the next beginning of a grapheme. */
function wholeGrapheme(text: string, at: number): number {
  const found = graphemes.segment(text).containing(at);
  return found === undefined || found.index === at ? 0 : found.index + found.segment.length - at;
}

function directionMark(text: string): string {
  const all = text.match(letters)?.length ?? 0;
  const rightToLeft = text.match(rightToLeftLetters)?.length ?? 0;
  return rightToLeft * 2 > all ? rightToLeftMark : leftToRightMark;
}

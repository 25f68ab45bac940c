import { type DocumentParagraph, paragraphText } from '../domain/document.ts';

/**
 * Maximum UTF-16 units of text that are kept, about 10 hours of speech; with the times of every word they take some
 * 20 MB.
 */
const maxUnits = 500_000;

/**
 * Returns the same paragraphs, made once for all formats of an answer. Those of a longer text are made again in each
 * iteration, so that memory does not hold them.
 */
export function remembered(paragraphs: Iterable<DocumentParagraph>): Iterable<DocumentParagraph> {
  let kept: DocumentParagraph[] | null = null;
  let isTooLong = false;
  function* keep(): Generator<DocumentParagraph> {
    const passed: DocumentParagraph[] = [];
    let units = 0;
    for (const paragraph of paragraphs) {
      if (units <= maxUnits) {
        units += paragraphText(paragraph).length;
        passed.push(paragraph);
        if (units > maxUnits) {
          isTooLong = true;
          passed.length = 0;
        }
      }
      yield paragraph;
    }
    if (!isTooLong) kept = passed;
  }
  return { [Symbol.iterator]: () => (kept ?? (isTooLong ? paragraphs : keep()))[Symbol.iterator]() };
}

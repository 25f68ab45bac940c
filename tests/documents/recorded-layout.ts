import { shapersFor } from '../../src/documents/fonts/shaper.ts';
import { languageDirection } from '../../src/documents/layout/base-direction.ts';
import { layOutParagraph, type Paragraph } from '../../src/documents/layout/paragraph.ts';

/** Font size, line height and column width, in points, with which the browser's layout is recorded. */
export const recordedSize = 12;
export const recordedLineHeight = 40;
export const recordedWidth = 453;

/** Lays out a paragraph as the recorded ones are. */
export function layoutOf(text: string, language: string, width = recordedWidth): Paragraph {
  const { regular } = shapersFor(language);
  return layOutParagraph(text, {
    shaper: regular,
    size: recordedSize,
    width,
    languageDirection: languageDirection(language),
  });
}

import type { DocumentLook } from '../../domain/document.ts';
import type { Weight } from '../fonts/families.ts';

/**
 * How a kind of text looks. Sizes in points; Persian letters with their dots need more leading than Latin ones.
 */
export type Style = {
  readonly weight: Weight;
  readonly size: number;
  readonly lineHeight: number;
  readonly gapBefore: number;
  readonly gapAfter: number;
  readonly colour: string;
};

const grey = '#555555';

export const styles = {
  title: { weight: 'bold', size: 18, lineHeight: 32, gapBefore: 0, gapAfter: 6, colour: '#000000' },
  fact: { weight: 'regular', size: 10, lineHeight: 17, gapBefore: 0, gapAfter: 0, colour: grey },
  heading: { weight: 'bold', size: 14, lineHeight: 26, gapBefore: 10, gapAfter: 2, colour: '#000000' },
  speaker: { weight: 'bold', size: 11, lineHeight: 20, gapBefore: 6, gapAfter: 0, colour: '#333333' },
  body: { weight: 'regular', size: 12, lineHeight: 22, gapBefore: 0, gapAfter: 8, colour: '#000000' },
  note: { weight: 'regular', size: 9, lineHeight: 16, gapBefore: 10, gapAfter: 0, colour: grey },
  /** For the running title, the page number and a time in the margin. */
  margin: { weight: 'regular', size: 9, lineHeight: 16, gapBefore: 0, gapAfter: 0, colour: grey },
} as const satisfies Record<string, Style>;

/** Gap between the facts and the text, in points. */
export const gapAfterFacts = 14;

/** The rule under a word of low confidence; lengths in points. */
export const lowConfidenceLine = { colour: '#c9a227', below: 3, thickness: 0.8 } as const;

/** A page in points (ISO 216; ANSI), with margins of 2.5 cm. */
export type PageSize = { readonly width: number; readonly height: number };
export const pageSizes: Record<DocumentLook['page'], PageSize> = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
};
/** In points: 2.5 cm. */
export const margin = 71;

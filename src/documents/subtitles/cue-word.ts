import type { DocumentWord } from '../../domain/document.ts';

/** A word of a cue. Times in seconds. */
export type CueWord = DocumentWord & {
  /** Its length in graphemes, what people count as characters. */
  readonly length: number;
  /** False in scripts that write no space between words. */
  readonly hasSpaceBefore: boolean;
};

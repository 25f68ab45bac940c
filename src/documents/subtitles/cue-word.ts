import type { DocumentWord } from '../../domain/document.ts';

/** A word of a cue. Times are in seconds. */
export type CueWord = DocumentWord & {
  /** Length in graphemes (user-perceived characters). */
  readonly length: number;
  /** False in scripts without spaces between words. */
  readonly hasSpaceBefore: boolean;
};

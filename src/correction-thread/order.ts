import type { Corrected } from '../domain/correction/correct.ts';
import type { Wanted } from '../domain/correction/wanted.ts';
import type { Segment } from '../domain/transcript.ts';

/** A transcript to be corrected. */
export type CorrectionOrder = {
  /** Segments, as `pack` packs them. */
  readonly segments: readonly Uint8Array<ArrayBuffer>[];
  readonly wanted: Wanted;
};

/** What came of it: only the segments that are not as they were come back, in the order of `changed`. */
export type CorrectionMade =
  | {
      readonly kind: 'corrected';
      readonly changed: Corrected['changed'];
      readonly segments: readonly Segment[];
      readonly done: Corrected['done'];
    }
  | { readonly kind: 'same' | 'unsure' | 'long' };

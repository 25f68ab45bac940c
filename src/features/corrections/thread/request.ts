import type { Corrected, RestOfPlaces } from '../../../domain/correction/correct.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { RequestedChange } from '../wanted.ts';

/** A request to correct a transcript. */
export type CorrectionRequest = {
  /** Segments, packed by `pack`. */
  readonly segments: readonly Uint8Array<ArrayBuffer>[];
  readonly wanted: RequestedChange;
};

/** The result. Only changed segments are returned, in the order of `changed`. */
export type AppliedCorrection =
  | {
      readonly kind: 'corrected';
      readonly changed: Corrected['changed'];
      readonly segments: readonly Segment[];
      readonly done: Corrected['done'];
      readonly rest?: RestOfPlaces;
    }
  | { readonly kind: 'same' | 'unclear' | 'long' };

import {
  type Corrected,
  type Correction,
  correctAll,
  type RestOfPlaces,
} from '../../domain/correction/correct.ts';
import type { Clip } from '../../domain/delivery.ts';
import type { Segment } from '../../domain/transcript.ts';
import { correctAt } from './at-moment.ts';
import { correctPassage, correctRest } from './passage.ts';

/** The correction that a user wants, as plain data for another thread. */
export type RequestedChange =
  | { readonly kind: 'notes'; readonly notes: readonly Correction[] }
  | { readonly kind: 'passage'; readonly passage: string }
  /** The other places that read like a corrected passage did. */
  | { readonly kind: 'rest'; readonly rest: RestOfPlaces }
  | { readonly kind: 'clip'; readonly clip: Pick<Clip, 'start' | 'end'>; readonly right: string };

/**
 * `same`: it already reads like that. `unclear`: no place is similar, or different ones are. `long`: the comparison
 * would take too long.
 */
export type CorrectionResult = Corrected | 'same' | 'unclear' | 'long';

/** Corrects a transcript. Takes up to seconds for long ones; do not call it on the event loop. */
export function correct(segments: readonly Segment[], wanted: RequestedChange): CorrectionResult {
  if (wanted.kind === 'notes') return correctAll(segments, wanted.notes);
  if (wanted.kind === 'passage') return correctPassage(segments, wanted.passage);
  if (wanted.kind === 'rest') return correctRest(segments, wanted.rest);
  return correctAt(segments, wanted.clip, wanted.right);
}

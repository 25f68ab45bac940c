import type { Clip } from '../delivery.ts';
import type { Segment } from '../transcript.ts';
import { correctAt } from './at-moment.ts';
import { type Corrected, type Correction, correctAll } from './correct.ts';
import { correctPassage } from './passage.ts';

/** What a person wants to be corrected: plain data, so that another thread can do it. */
export type Wanted =
  | { readonly kind: 'notes'; readonly notes: readonly Correction[] }
  | { readonly kind: 'passage'; readonly passage: string }
  | { readonly kind: 'clip'; readonly clip: Pick<Clip, 'start' | 'end'>; readonly right: string };

/**
 * `same`: it reads like that already. `unsure`: nothing is like it, or different places are. `long`: comparing it takes
 * too long.
 */
export type CorrectionResult = Corrected | 'same' | 'unsure' | 'long';

/** Corrects a transcript. Takes up to seconds with long ones: not for the event loop. */
export function correct(segments: readonly Segment[], wanted: Wanted): CorrectionResult {
  if (wanted.kind === 'notes') return correctAll(segments, wanted.notes);
  if (wanted.kind === 'passage') return correctPassage(segments, wanted.passage);
  return correctAt(segments, wanted.clip, wanted.right);
}

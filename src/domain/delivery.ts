import type { AnswerText } from './answer-text.ts';
import type { DocumentChoice } from './document-choice.ts';
import type { StatusView } from './status.ts';

/** A word and when it was said, in seconds. */
export type Clip = { readonly word: string; readonly start: number; readonly end: number };

/** One message that a person is still to be sent. `part` counts within its kind, from 0. */
export type Delivery =
  | {
      readonly kind: 'text';
      readonly part: number;
      /** Messages of older versions are not folded. */
      readonly payload: Pick<AnswerText, 'text'> & Partial<AnswerText>;
    }
  | {
      readonly kind: 'album';
      readonly part: number;
      /** Messages of older versions have their formats alone. */
      readonly payload: Pick<DocumentChoice, 'formats'> & Partial<DocumentChoice>;
    }
  /** The text with the time of each stretch, made as the person has their files. */
  | { readonly kind: 'times'; readonly part: number; readonly payload: DocumentChoice }
  /** Several recordings as one document (app/bundles.ts). */
  | {
      readonly kind: 'joined';
      readonly part: number;
      readonly payload: { readonly bundle: number; readonly what: 'text' | 'files' };
    }
  | { readonly kind: 'status'; readonly part: number; readonly payload: StatusView }
  /** A stretch of the recording around a word, times in seconds. */
  | { readonly kind: 'clip'; readonly part: number; readonly payload: Clip }
  /** The transcript was changed: what was sent is made to say so. A later revision leaves nothing to do for this one. */
  | { readonly kind: 'revision'; readonly part: number; readonly payload: { readonly revision: number } };

const orderOfKinds: readonly Delivery['kind'][] = [
  'text',
  'album',
  'times',
  'joined',
  'status',
  'clip',
  'revision',
];

/** The order in which a person gets them: the text, the files, the status that says it is done, and what came later. */
export function inOrderOfDelivery(deliveries: readonly Delivery[]): Delivery[] {
  return deliveries.toSorted(
    (a, b) => orderOfKinds.indexOf(a.kind) - orderOfKinds.indexOf(b.kind) || a.part - b.part,
  );
}

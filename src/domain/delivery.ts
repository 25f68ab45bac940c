import type { AnswerText } from './answer-text.ts';
import type { DocumentChoice } from './document-choice.ts';
import type { StatusView } from './status.ts';

/** A word and when it is said, in seconds. */
export type Clip = { readonly word: string; readonly start: number; readonly end: number };

/** One part of an answer in the outbox. `part` counts the deliveries of one kind, from 0. */
export type Delivery =
  /** A further message of a text whose first message is the status. */
  | {
      readonly kind: 'text';
      readonly part: number;
      /** Payloads written by older versions have no `isQuote`. */
      readonly payload: Pick<AnswerText, 'text'> & Partial<AnswerText>;
    }
  | {
      readonly kind: 'album';
      readonly part: number;
      /** Payloads written by older versions have only `formats`. */
      readonly payload: Pick<DocumentChoice, 'formats'> & Partial<DocumentChoice>;
    }
  /** The transcript with the time of each segment, written with the user's document settings. */
  | { readonly kind: 'times'; readonly part: number; readonly payload: DocumentChoice }
  /** Several uploads as one document (app/deliver/deliver-bundle.ts). */
  | {
      readonly kind: 'bundle';
      readonly part: number;
      readonly payload: { readonly bundle: number; readonly what: 'text' | 'files' };
    }
  | { readonly kind: 'status'; readonly part: number; readonly payload: StatusView }
  /** The audio around a word. Times are in seconds. */
  | { readonly kind: 'clip'; readonly part: number; readonly payload: Clip }
  /** Updates the messages already sent after a change of the transcript. Does nothing if a later revision exists. */
  | { readonly kind: 'revision'; readonly part: number; readonly payload: { readonly revision: number } };

const orderOfKinds: readonly Delivery['kind'][] = [
  'status',
  'text',
  'album',
  'times',
  'bundle',
  'clip',
  'revision',
];

/**
 * Returns deliveries in the order of sending: the final status, which holds the beginning of the text; the rest of the
 * text; the documents; then what was asked for later.
 */
export function inOrderOfDelivery(deliveries: readonly Delivery[]): Delivery[] {
  return deliveries.toSorted(
    (a, b) => orderOfKinds.indexOf(a.kind) - orderOfKinds.indexOf(b.kind) || a.part - b.part,
  );
}

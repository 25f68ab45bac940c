import type { AnswerText } from './answer-text.ts';
import type { DocumentFormat } from './document.ts';
import type { DocumentChoice } from './document-choice.ts';
import { inPlace, type StatusView } from './status.ts';

/** What a clip plays, with its times in seconds: a word, or the voice of a speaker. */
export type Clip = {
  /** The word, or the name of the speaker in the user's language. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Label of the speaker whose voice it is; a reply to the clip is their name. */
  readonly speaker?: string;
};

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
      /** `formats`: those that the user asked for afterwards; absent: those of the settings. */
      readonly payload: {
        readonly bundle: number;
        readonly what: 'text' | 'files';
        readonly formats?: readonly DocumentFormat[];
      };
    }
  | { readonly kind: 'status'; readonly part: number; readonly payload: StatusView }
  /** The audio around a word, or of a voice. */
  | { readonly kind: 'clip'; readonly part: number; readonly payload: Clip }
  /** Keeps the voice of a speaker, so that later uploads have the name (app/deliver/remember-voice.ts). */
  | {
      readonly kind: 'voice';
      readonly part: number;
      readonly payload: { readonly speaker: string; readonly name: string };
    }
  /** Updates the messages already sent after a change of the transcript. Does nothing if a later revision exists. */
  | { readonly kind: 'revision'; readonly part: number; readonly payload: { readonly revision: number } };

const orderOfKinds: readonly Delivery['kind'][] = [
  'status',
  'text',
  'album',
  'times',
  'bundle',
  'clip',
  'voice',
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

/** Returns deliveries whose end edits the status message, without a sound. */
export function silenceEnds(deliveries: readonly Delivery[]): Delivery[] {
  return deliveries.map((delivery) =>
    delivery.kind === 'status' ? { ...delivery, payload: inPlace(delivery.payload) } : delivery,
  );
}

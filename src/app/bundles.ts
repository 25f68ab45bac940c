import type { TranscriptionId, UserId } from '../domain/ids.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { StoredTranscript } from './ports/answers.ts';

/**
 * Uploads that came together. A second upload within a minute creates a bundle, which is offered once; uploads that
 * follow within a minute belong to it. When the user accepts, one engine is picked for all of them, each is transcribed
 * in its turn without an answer of its own, and the document is sent with the last one. When the user declines or does
 * not decide, each upload gets its own answer.
 */
export type Bundles = {
  /** Adds an upload from a private chat to a bundle. Resolves to the bundle that should be offered now, else null. */
  consider(id: TranscriptionId, userId: UserId): Promise<BundleId | null>;
  /**
   * Accepts one document. Resolves to the transcriptions without an engine, in the order in which they were sent; null
   * when the decision was made before.
   */
  join(bundle: BundleId, userId: UserId): Promise<readonly Transcription[] | null>;
  /**
   * Declines one document, so that each upload gets its own answer. Resolves to false when the decision was made
   * before.
   */
  decline(bundle: BundleId, userId: UserId): Promise<boolean>;
  /** Notes that the offer stands in the user's private chat; it lapses after an hour. */
  offered(bundle: BundleId, messageId: number): Promise<void>;
  /** Notes that the message with the offer needs no removal any more. */
  settled(bundle: BundleId): Promise<void>;
  /**
   * Returns at most `limit` offers whose messages should be removed: nobody answered in time, or fewer than two uploads
   * are left. An offer that is not settled within a minute is returned again.
   */
  lapsed(limit: number): Promise<readonly LapsedOffer[]>;
  /** Returns the transcripts of a bundle, in the order in which the uploads were sent. */
  transcripts(bundle: BundleId): Promise<readonly BundledTranscript[]>;
};

export type BundleId = number;

/** A message with an offer that has lapsed. */
export type LapsedOffer = { readonly id: BundleId; readonly userId: UserId; readonly messageId: number };

/** One upload of a bundle. */
export type BundledTranscript = {
  readonly transcription: Transcription;
  readonly stored: StoredTranscript;
  /** Name of the original sender. */
  readonly senderName: string;
};

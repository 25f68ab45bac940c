import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { StoredTranscript } from './transcripts.ts';

export type BundleId = number;

/** The transcripts of a bundle, for its delivery. */
export type BundledTranscripts = {
  /** Returns the transcripts of a bundle, in the order in which the uploads were sent. */
  transcripts(bundle: BundleId): Promise<readonly BundledTranscript[]>;
};

/** One upload of a bundle. */
export type BundledTranscript = {
  readonly transcription: Transcription;
  readonly stored: StoredTranscript;
  /** Name of the original sender. */
  readonly senderName: string;
};

/** The messages that offer one document for a bundle, for the sweep that removes them. */
export type BundleOffers = {
  /**
   * Returns at most `limit` offers whose messages should be removed: the user did not answer in time, or fewer than two uploads
   * are left. An offer that is not settled within a minute is returned again.
   */
  lapsed(limit: number): Promise<readonly LapsedOffer[]>;
  /** Records that the message with the offer is removed, or needs no removal. */
  settle(bundle: BundleId): Promise<void>;
};

/** A message with an offer that has lapsed. */
export type LapsedOffer = { readonly id: BundleId; readonly userId: UserId; readonly messageId: number };

import type { TranscriptionId, UserId } from '../domain/ids.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { StoredTranscript } from './ports/answers.ts';

/**
 * Recordings that came together. A second one within a minute makes a bundle, which is offered once; what follows within
 * a minute belongs to it. When its person wants one document of them, an engine is picked for all at once, each is
 * transcribed in its turn and sends nothing of its own, and with the last of them the document goes out. Declined, or
 * not decided, each is answered by itself.
 */
export type Bundles = {
  /** A file has come to a private chat; resolves to the bundle that is to be offered now, else null. */
  consider(id: TranscriptionId, userId: UserId): Promise<BundleId | null>;
  /**
   * The person wants one document; resolves to the files for which nobody has picked an engine, in the order in which
   * they were sent, or to null when there is nothing to decide any more.
   */
  join(bundle: BundleId, userId: UserId): Promise<readonly Transcription[] | null>;
  /** Each is to be answered by itself; false when that is decided already. */
  decline(bundle: BundleId, userId: UserId): Promise<boolean>;
  /** The offer stands in its person's private chat; from then on it lapses by itself after an hour. */
  offered(bundle: BundleId, messageId: number): Promise<void>;
  /** The message with the offer needs no taking away any more. */
  settled(bundle: BundleId): Promise<void>;
  /**
   * Offers whose messages are to be taken away, `limit` at most: nobody answered in time, or fewer than two recordings
   * are left. An offer that is not `settled` within a minute is returned again.
   */
  lapsed(limit: number): Promise<readonly LapsedOffer[]>;
  /** What was heard in it, in the order in which it was sent. */
  transcripts(bundle: BundleId): Promise<readonly BundledTranscript[]>;
};

export type BundleId = number;

/** A message that offers to join recordings, for too long. */
export type LapsedOffer = { readonly id: BundleId; readonly userId: UserId; readonly messageId: number };

/** One recording of a bundle. */
export type BundledTranscript = {
  readonly transcription: Transcription;
  readonly stored: StoredTranscript;
  /** Whose voice it is: who sent it in the first place. */
  readonly senderName: string;
};

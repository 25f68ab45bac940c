import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentFormat } from '../../domain/document.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';

/** A delivery that was sent: the messages that carry it, none when there was nothing to send. */
export type SentDelivery = { readonly delivery: Delivery; readonly messageIds: readonly number[] };

/** A finished transcription with its deliveries that were not sent yet. */
export type Undelivered = {
  readonly transcription: Transcription;
  readonly deliveries: readonly Delivery[];
  /**
   * Number of times these deliveries were leased, including this one; 0 for the worker that ran the job.
   */
  readonly takes: number;
};

/** Deliveries that a user can request after the transcription has completed. */
export type RequestedDelivery = {
  [Kind in 'album' | 'times' | 'clip' | 'voice']: Pick<Delivery & { kind: Kind }, 'kind' | 'payload'>;
}['album' | 'times' | 'clip' | 'voice'];

/** The outbox. */
export type Deliveries = {
  /**
   * Adds a delivery to a completed transcription of this user; a worker sends it at once. `already`: the same delivery
   * is waiting.
   */
  add(
    id: TranscriptionId,
    userId: UserId,
    wanted: RequestedDelivery,
  ): Promise<'added' | 'already' | 'unknown'>;
  /**
   * Adds files of a bundle in one more format, as `add` does.
   * @param id the transcription that it was sent with
   */
  addBundleFormat(
    id: TranscriptionId,
    userId: UserId,
    format: DocumentFormat,
  ): Promise<'added' | 'already' | 'unknown'>;
  /** Leases deliveries that are due, so that no other process sends the same. */
  leaseDue(limit: number): Promise<Undelivered[]>;
  /**
   * Records deliveries as sent. Resolves to false when the transcription was deleted. `isLast`: it has no more
   * deliveries.
   */
  recordSent(id: TranscriptionId, sent: readonly SentDelivery[], isLast: boolean): Promise<boolean>;
  /**
   * Renews a lease. Resolves to false when another process has leased the deliveries because this one did not renew in
   * time.
   */
  renew(id: TranscriptionId, takes: number): Promise<boolean>;
  /**
   * Postpones deliveries.
   * @param delayMs delay before the next attempt, in ms; null gives up
   * @param cause reason of the failure, for the admin page
   */
  postpone(id: TranscriptionId, delayMs: number | null, cause?: string): Promise<void>;
};

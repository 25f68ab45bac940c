import type { Delivery } from '../../domain/delivery.ts';
import type { Job } from '../../domain/transcription.ts';
import type { QueuePositions } from '../lane/queue-positions.ts';
import { type DeliverDependencies, deliver } from './deliver.ts';

/** `sendAnswer` with its dependencies bound. */
export type SendAnswer = (job: Job, deliveries: readonly Delivery[], isHolderUnknown?: boolean) => void;

export type SendAnswerDependencies = {
  outbox: DeliverDependencies;
  queuePositions: QueuePositions;
  /** Tracks work that may continue after the job has ended; the process waits for it when it stops. */
  background(work: Promise<void>): void;
};

/** Final status of a cancelled transcription. */
export const cancelledStatus: Delivery = { kind: 'status', part: 0, payload: { kind: 'cancelled' } };

/**
 * Sends the answer in the background, and updates the positions of the user's waiting transcriptions.
 * @param isHolderUnknown true when the job was committed a while ago, so that another process may already send the answer
 */
export function sendAnswer(
  { outbox, queuePositions, background }: SendAnswerDependencies,
  job: Job,
  deliveries: readonly Delivery[],
  isHolderUnknown = false,
): void {
  background(deliver(outbox, { transcription: job, deliveries, takes: 0 }, isHolderUnknown));
  queuePositions.refresh(job.userId);
}

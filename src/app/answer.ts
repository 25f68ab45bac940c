import type { Delivery } from '../domain/delivery.ts';
import type { Job } from '../domain/transcription.ts';
import { type DeliverDependencies, deliver } from './deliver.ts';
import type { Places } from './places.ts';

export type AnswerDependencies = DeliverDependencies & {
  places: Places;
  /** Work that may go on after the file has ended; awaited when the process stops. */
  background(work: Promise<void>): void;
};

/** What a person who cancelled is told. */
export const cancelled: Delivery = { kind: 'status', part: 0, payload: { kind: 'cancelled' } };

/**
 * Tells the person how it ended, and those behind that they moved up. Nobody waits for it.
 * @param isInDoubt it ended a while ago, so that others may have the answer
 */
export function answer(
  dependencies: AnswerDependencies,
  job: Job,
  deliveries: readonly Delivery[],
  isInDoubt = false,
): void {
  dependencies.background(deliver(dependencies, { transcription: job, deliveries, takes: 0 }, isInDoubt));
  dependencies.places.moved(job.userId);
}

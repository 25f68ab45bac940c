import type { DocumentFormat } from '../../domain/document.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Deliveries } from '../ports/deliveries.ts';
import type { Settings } from '../ports/settings.ts';

type Dependencies = { deliveries: Deliveries; settings: Settings };

/** `already`: the same delivery is waiting; `unknown`: the user has no such transcript. */
export type AddDeliveryResult = Awaited<ReturnType<Deliveries['add']>>;

/** Adds a delivery of a transcript in one more format, with the user's current settings; a worker sends it. */
export async function requestFormat(
  { deliveries, settings }: Dependencies,
  id: TranscriptionId,
  userId: UserId,
  format: DocumentFormat,
): Promise<AddDeliveryResult> {
  const choice = await settings.documents(userId);
  return deliveries.add(id, userId, { kind: 'album', payload: { ...choice, formats: [format] } });
}

/** Adds a delivery of a transcript with times; a worker sends it. */
export async function requestTimes(
  { deliveries, settings }: Dependencies,
  id: TranscriptionId,
  userId: UserId,
): Promise<AddDeliveryResult> {
  return deliveries.add(id, userId, { kind: 'times', payload: await settings.documents(userId) });
}

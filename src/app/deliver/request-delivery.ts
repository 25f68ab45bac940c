import type { DocumentFormat } from '../../domain/document.ts';
import type { DocumentChoice } from '../../domain/document-choice.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Upload } from '../../domain/transcription.ts';
import type { Deliveries } from '../ports/deliveries.ts';
import type { Settings } from '../ports/settings.ts';

type Dependencies = { deliveries: Deliveries; settings: Settings };

/** `already`: the same delivery is waiting; `unknown`: the user has no such transcript. */
export type AddDeliveryResult = Awaited<ReturnType<Deliveries['add']>>;

/**
 * Adds a delivery of a transcript in one more format, with the user's current settings; a worker sends it. Where files
 * come only on request, the format is remembered, and its button comes first under the next texts.
 */
export async function requestFormat(
  { deliveries, settings }: Dependencies,
  id: TranscriptionId,
  user: Upload['user'],
  format: DocumentFormat,
): Promise<AddDeliveryResult> {
  const choice = await settings.documents(user.id);
  const added = await deliveries.add(id, user.id, {
    kind: 'album',
    payload: { ...choice, formats: [format] },
  });
  if (added !== 'unknown') await rememberFormat(settings, user, choice, format);
  return added;
}

/**
 * Adds a delivery of a bundle in one more format, as `requestFormat` does.
 * @param id the transcription that it was sent with
 */
export async function requestBundleFormat(
  { deliveries, settings }: Dependencies,
  id: TranscriptionId,
  user: Upload['user'],
  format: DocumentFormat,
): Promise<AddDeliveryResult> {
  const added = await deliveries.addBundleFormat(id, user.id, format);
  if (added !== 'unknown') await rememberFormat(settings, user, await settings.documents(user.id), format);
  return added;
}

async function rememberFormat(
  settings: Settings,
  user: Upload['user'],
  choice: DocumentChoice,
  lastFormat: DocumentFormat,
): Promise<void> {
  if (choice.formats.length > 0 || choice.lastFormat === lastFormat) return;
  await settings.setDocuments(user, { ...choice, lastFormat });
}

/** Adds a delivery of a transcript with times; a worker sends it. */
export async function requestTimes(
  { deliveries, settings }: Dependencies,
  id: TranscriptionId,
  userId: UserId,
): Promise<AddDeliveryResult> {
  return deliveries.add(id, userId, { kind: 'times', payload: await settings.documents(userId) });
}

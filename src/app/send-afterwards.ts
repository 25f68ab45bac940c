import type { DocumentFormat } from '../domain/document.ts';
import type { TranscriptionId, UserId } from '../domain/ids.ts';
import type { Deliveries } from './ports/answers.ts';
import type { Settings } from './ports/settings.ts';

type Dependencies = { deliveries: Deliveries; settings: Settings };

/** `already`: the same is on its way; `unknown`: there is no such transcript of theirs. */
export type AddedAnswer = Awaited<ReturnType<Deliveries['add']>>;

/** The person wants a transcript in one more format, made as they have their files now; a worker sends it. */
export async function sendFormat(
  { deliveries, settings }: Dependencies,
  id: TranscriptionId,
  userId: UserId,
  format: DocumentFormat,
): Promise<AddedAnswer> {
  const choice = await settings.documents(userId);
  return deliveries.add(id, userId, { kind: 'album', payload: { ...choice, formats: [format] } });
}

/** The person wants to read when each thing was said; a worker sends it. */
export async function sendTimes(
  { deliveries, settings }: Dependencies,
  id: TranscriptionId,
  userId: UserId,
): Promise<AddedAnswer> {
  return deliveries.add(id, userId, { kind: 'times', payload: await settings.documents(userId) });
}

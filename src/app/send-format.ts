import type { DocumentFormat } from '../domain/document.ts';
import type { TranscriptionId, UserId } from '../domain/ids.ts';
import type { Deliveries, Settings } from './ports.ts';

/**
 * The person wants a transcript in one more format, made as they have their files now; a worker sends it.
 * @returns `already` while the same is on its way; `unknown` when there is no such transcript of theirs
 */
export async function sendFormat(
  { deliveries, settings }: { deliveries: Deliveries; settings: Settings },
  id: TranscriptionId,
  userId: UserId,
  format: DocumentFormat,
): Promise<'added' | 'already' | 'unknown'> {
  const choice = await settings.documents(userId);
  return deliveries.addDocuments(id, userId, { ...choice, formats: [format] });
}

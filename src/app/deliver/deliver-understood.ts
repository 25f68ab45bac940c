import type { Delivery } from '../../domain/delivery.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Documents } from '../ports/documents.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Understood } from '../ports/understood.ts';
import { renderFiles } from './deliver-documents.ts';

export type DeliverUnderstoodDependencies = {
  understood: Understood;
  documents: Documents;
  messenger: Messenger;
  log: Log;
};

/**
 * Sends a file of what a language model made of a transcript. Resolves to the message ids; empty when it was deleted.
 * @throws DeliveryError
 */
export async function deliverUnderstood(
  dependencies: DeliverUnderstoodDependencies,
  transcription: Transcription,
  { payload }: Delivery & { kind: 'understood' },
): Promise<readonly number[]> {
  const { understood, messenger } = dependencies;
  void messenger.showActivity(transcription, 'upload_document');
  const found = await understood.find(transcription, payload.task, payload.file);
  if (found === null) return [];
  const files =
    found.kind === 'file'
      ? [{ fileName: found.fileName, contentType: 'text/calendar', bytes: found.bytes, missingGlyphs: [] }]
      : await renderFiles(dependencies, transcription, found, [found.format]);
  return messenger.sendFiles(transcription, files);
}

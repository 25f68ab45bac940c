import type { Upload } from '../domain/transcription.ts';
import type { Log, Meter, Refusal } from './ports.ts';
import { type ShowPickerDependencies, showPicker } from './show-picker.ts';

/**
 * A file has arrived: it is committed to its owner's lane, then the person is asked for an engine. A file that was
 * delivered twice is asked for once. A lane that is full takes no more.
 * @param committed called as soon as the file is safe in the database: only then does the update count as handled.
 * @returns why the lane did not take the file, null when it did
 */
export async function receiveAudio(
  dependencies: ShowPickerDependencies & { meter: Meter; log: Log },
  upload: Upload,
  committed: () => void,
): Promise<Refusal | null> {
  const file = await dependencies.lanes.submit(upload);
  if (file.outcome !== 'accepted') return file;
  committed();
  // Whoever brought it first asks; should that have died in between, the sweeper asks a little later.
  if (!file.created) return null;
  dependencies.meter.accepted(upload.kind);
  dependencies.log.info(
    { transcription: file.id, user: upload.user.id, kind: upload.kind, state: file.state },
    'accepted',
  );
  const addressee = {
    id: file.id,
    chatId: upload.chat.id,
    messageId: upload.messageId,
    threadId: upload.threadId,
    statusMessageId: null,
    languageCode: upload.user.languageCode,
  };
  await showPicker(dependencies, addressee, upload.user.id, file.lastEngine);
  return null;
}

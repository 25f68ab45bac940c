import type { EngineId } from '../domain/engine-names.ts';
import type { Upload } from '../domain/transcription.ts';
import type { Addressee, SubmitResult } from './ports/lanes.ts';
import type { Meter } from './ports/operations.ts';
import { type ShowPickerDependencies, showPicker } from './show-picker.ts';
import { type TakeEngineDependencies, takeEngine } from './take-engine.ts';

export type ReceiveDependencies = ShowPickerDependencies & TakeEngineDependencies & { meter: Meter };

/**
 * A file has arrived: it is committed to its owner's lane, then the person is asked for an engine, unless its caption
 * names one or they always want the same. A file that was delivered twice is asked for once. A lane that is full takes
 * no more.
 * @param committed called as soon as the file is safe in the database: only then does the update count as handled.
 * @returns what the lane says of it
 */
export async function receiveAudio(
  dependencies: ReceiveDependencies,
  upload: Upload,
  committed: () => void,
): Promise<SubmitResult> {
  const file = await dependencies.lanes.submit(upload);
  if (file.outcome !== 'accepted') return file;
  committed();
  // Whoever brought it first asks; should that have died in between, the sweeper asks a little later.
  if (!file.created) return file;
  dependencies.meter.accepted(upload.kind);
  dependencies.log.info(
    { transcription: file.id, user: upload.user.id, kind: upload.kind, state: file.state },
    'accepted',
  );
  const to = {
    id: file.id,
    chatId: upload.chat.id,
    messageId: upload.messageId,
    threadId: upload.threadId,
    statusMessageId: null,
    languageCode: upload.user.languageCode,
    announcedSeconds: upload.announcedSeconds,
  };
  const engine = upload.engine ?? file.defaultEngine;
  const begun = engine !== null && (await beginUnasked(dependencies, to, upload.user.id, engine));
  if (!begun) await showPicker(dependencies, to, upload.user.id, file.lastEngine);
  return file;
}

/** Chooses for the person what they have said they want; false when nobody can run it now: then they are asked. */
async function beginUnasked(
  dependencies: ReceiveDependencies,
  to: Addressee,
  userId: number,
  engine: EngineId,
): Promise<boolean> {
  const offer = (await dependencies.reports.offers()).find(({ id }) => id === engine);
  if (offer === undefined) return false;
  await takeEngine(dependencies, to, userId, offer, () => undefined);
  return true;
}

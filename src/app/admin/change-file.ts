import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Audit } from '../accounts/ports.ts';
import { type CancelDependencies, cancel } from '../cancel.ts';
import { chooseEngine } from '../choose-engine.ts';
import { deleteFile } from '../delete-file.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Repeats } from '../repeats.ts';
import { tryAgain } from '../try-again.ts';
import type { Files } from './ports.ts';

/** A change that an admin can make to any user's transcription; its user can make the same change in the chat. */
export type FileChange =
  | { readonly action: 'cancel' | 'retry' | 'delete' }
  | { readonly action: 'engine'; readonly engine: EngineId };

/** `not-now`: the state of the transcription does not allow the change. */
export type FileChangeOutcome = 'done' | 'unknown' | 'not-now';

/**
 * Makes the change in the name of the transcription's user, whose chat shows it, and records the admin in the audit
 * log.
 */
export async function changeFile(
  dependencies: CancelDependencies & { repeats: Repeats; files: Files; reports: EngineReports; audit: Audit },
  actor: UserId,
  id: TranscriptionId,
  change: FileChange,
): Promise<FileChangeOutcome> {
  const file = await dependencies.files.find(id);
  if (file === null) return 'unknown';
  const outcome = await apply(dependencies, file, change);
  if (outcome === 'done') {
    const engine = change.action === 'engine' ? { engine: change.engine } : {};
    await dependencies.audit(actor, `file-${change.action}`, `file ${id}`, { owner: file.userId, ...engine });
  }
  return outcome;
}

async function apply(
  dependencies: CancelDependencies & { repeats: Repeats; reports: EngineReports },
  file: Transcription,
  change: FileChange,
): Promise<FileChangeOutcome> {
  const outcome = Promise.withResolvers<string>();
  const { resolve } = outcome;
  switch (change.action) {
    case 'cancel':
      await cancel(dependencies, file, file.userId, resolve);
      break;
    case 'delete':
      await deleteFile(dependencies, file, file.userId).then(({ outcome: deleted, show }) => {
        resolve(deleted);
        return show();
      });
      break;
    case 'retry':
      await tryAgain(dependencies, file, file.userId, false, resolve);
      break;
    case 'engine':
      if (file.state === 'FAILED') await tryAgain(dependencies, file, file.userId, true, () => undefined);
      await chooseEngine(dependencies, file, file.userId, change.engine, resolve);
  }
  const refused = ['already', 'ended', 'engine_gone'];
  const result = await outcome.promise;
  if (result === 'unknown') return 'unknown';
  return refused.includes(result) ? 'not-now' : 'done';
}

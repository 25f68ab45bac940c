import type { EngineId } from '../../domain/engine-names.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { chooseEngine } from '../choose/choose-engine.ts';
import { tryAgain } from '../choose/try-again.ts';
import type { WithFollowUp } from '../follow-up.ts';
import { type CancelDependencies, cancel } from '../lane/cancel.ts';
import { deleteFile } from '../lane/delete-file.ts';
import type { Audit } from '../ports/audit.ts';
import type { Copies } from '../ports/copies.ts';
import type { EarlierTranscripts } from '../ports/earlier-transcripts.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { Files } from './file-ports.ts';

/** A change that an admin can make to any user's transcription; its user can make the same change in the chat. */
export type FileChange =
  | { readonly action: 'cancel' | 'retry' | 'delete' }
  | { readonly action: 'engine'; readonly engine: EngineId };

/** `not-now`: the state of the transcription does not allow the change. */
export type FileChangeOutcome = 'done' | 'unknown' | 'not-now';

type ChangeFileDependencies = CancelDependencies & {
  copies: Copies;
  earlierTranscripts: EarlierTranscripts;
  reports: EngineReports;
};

/**
 * Makes the change in the name of the transcription's user, whose chat shows it, and records the admin in the audit
 * log.
 */
export async function changeFile(
  dependencies: ChangeFileDependencies & { files: Files; audit: Audit },
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
  dependencies: ChangeFileDependencies,
  file: Transcription,
  change: FileChange,
): Promise<FileChangeOutcome> {
  const { outcome, followUp } = await commit(dependencies, file, change);
  await followUp();
  if (outcome === 'unknown') return 'unknown';
  return ['already', 'ended', 'engine_gone'].includes(outcome) ? 'not-now' : 'done';
}

async function commit(
  dependencies: ChangeFileDependencies,
  file: Transcription,
  change: FileChange,
): Promise<WithFollowUp<string>> {
  switch (change.action) {
    case 'cancel':
      return cancel(dependencies, file, file.userId);
    case 'delete':
      return deleteFile(dependencies, file, file.userId);
    case 'retry':
      return tryAgain(dependencies, file, file.userId, false);
    case 'engine':
      if (file.state === 'FAILED') {
        const reopened = await tryAgain(dependencies, file, file.userId, true);
        await reopened.followUp();
      }
      return chooseEngine(dependencies, file, file.userId, change.engine);
  }
}

import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { tryAgain } from '../choose/try-again.ts';
import { type CancelDependencies, cancelAll } from '../lane/cancel.ts';
import { forEachTask } from '../leased-tasks.ts';
import { logError } from '../log-error.ts';
import type { Audit } from '../ports/audit.ts';
import type { EngineReports } from '../ports/engine-reports.ts';
import type { BulkAction, BulkChange, BulkChanges, TakenBulkChange } from './bulk-ports.ts';
import type { FileFilter } from './file-ports.ts';

/** Delay before a bulk change begins, in ms; in this time it can be undone completely. */
export const undoMs = 10_000;

/**
 * Number of transcriptions that are read and changed before the progress is stored. Each change is a short transaction
 * of its own.
 */
const batchSize = 20;

/** Lease of a bulk change, in ms; a process that does not renew it has stopped working on it. */
const taskLeaseMs = 60_000;

export type BulkDependencies = CancelDependencies & {
  bulkChanges: BulkChanges;
  reports: EngineReports;
  audit: Audit;
  /** Name of this process. */
  holder: string;
};

/** Adds a change of all transcriptions that match a filter; it begins after `undoMs`. Resolves to its id. */
export async function askBulkChange(
  { bulkChanges, audit }: { bulkChanges: BulkChanges; audit: Audit },
  actor: UserId,
  action: BulkAction,
  filter: FileFilter,
): Promise<number> {
  const { count } = await bulkChanges.count(action, filter);
  const id = await bulkChanges.add(action, filter, actor, count, undoMs);
  await audit(actor, `bulk-${action}`, `change ${id}`, { ...filter, files: count });
  return id;
}

/**
 * Stops a bulk change. Transcriptions that it has not reached stay as they are; before its start these are all.
 * Resolves to false when the change had ended.
 */
export async function undoBulkChange(
  { bulkChanges, audit }: { bulkChanges: BulkChanges; audit: Audit },
  actor: UserId,
  id: number,
): Promise<boolean> {
  if (!(await bulkChanges.stop(id))) return false;
  const change = await bulkChanges.find(id);
  await audit(actor, 'bulk-undo', `change ${id}`, { done: change?.done ?? 0 });
  return true;
}

/** Returns whether a bulk change has not begun yet. */
export function isBeforeStart({ startsAt, done, skipped }: BulkChange, now: Date): boolean {
  return startsAt > now && done + skipped === 0;
}

/** Carries out the bulk changes that are due and that no other process works on, until `signal` aborts. */
export async function runBulkChanges(dependencies: BulkDependencies, signal: AbortSignal): Promise<void> {
  const { bulkChanges, log, holder } = dependencies;
  await forEachTask(
    () => bulkChanges.lease(holder, taskLeaseMs),
    async (change) => {
      try {
        if (await carryOut(dependencies, change, signal)) await bulkChanges.finish(change);
      } finally {
        // After a failure, the next round or another process continues.
        await bulkChanges.release(change);
      }
      log.info({ change: change.id, action: change.action }, 'bulk change processed');
    },
    signal,
  );
}

/** Resolves to false when the change was stopped, another process has taken it over, or this process ends. */
async function carryOut(
  dependencies: BulkDependencies,
  change: TakenBulkChange,
  signal: AbortSignal,
): Promise<boolean> {
  const { bulkChanges } = dependencies;
  for (let place = change.place; ; ) {
    if (signal.aborted) return false;
    const { files, place: next } = await bulkChanges.next(change, place, batchSize);
    const done = await changeAll(dependencies, change, files);
    const counts = { done, skipped: files.length - done };
    if (!(await bulkChanges.saveProgress(change, next ?? place, counts, taskLeaseMs))) return false;
    if (next === null) return true;
    place = next;
  }
}

/** Changes these transcriptions; resolves to the number that could be changed. */
async function changeAll(
  dependencies: BulkDependencies,
  change: TakenBulkChange,
  files: readonly Transcription[],
): Promise<number> {
  let changed = 0;
  for (const file of files) {
    const isDone = await changeOne(dependencies, change, file).catch((error) => {
      const fields = { transcription: file.id, change: change.id };
      logError(dependencies.log, 'warn', fields, error, 'bulk change failed for one file');
      return false;
    });
    if (!isDone) continue;
    changed += 1;
    await dependencies.audit(change.madeBy, `file-${change.action}`, `file ${file.id}`, {
      owner: file.userId,
      change: change.id,
    });
  }
  return changed;
}

async function changeOne(
  dependencies: BulkDependencies,
  { action }: TakenBulkChange,
  file: Transcription,
): Promise<boolean> {
  if (action === 'cancel') {
    const { outcome: count, followUp } = await cancelAll(dependencies, [file], file.userId);
    await followUp();
    return count > 0;
  }
  const { outcome, followUp } = await tryAgain(dependencies, file, file.userId, false);
  await followUp();
  return outcome !== 'already' && outcome !== 'unknown';
}

import { join } from 'node:path';
import { forEachTask, renewTaskLease } from '../../app/leased-tasks.ts';
import { logError } from '../../app/log-error.ts';
import type { Archive } from '../../app/ports/archive.ts';
import type { DataMessages } from '../../app/ports/data-messages.ts';
import type { Log } from '../../app/ports/log.ts';
import { DeliveryError } from '../../app/ports/messenger.ts';
import { createWorkFolder, removeWorkFolder } from '../../app/work-folder.ts';
import { type ArchiveEntry, asJson, type EntriesDependencies, entriesOf } from './export-entries.ts';
import type { ExportJob } from './store/exports.ts';

export type ExportDependencies = EntriesDependencies & {
  dataMessages: DataMessages;
  log: Log;
  /** Creates an archive at this path. */
  createArchive(path: string): Promise<Archive>;
};

/** Lease of an export, in ms; the worker renews it every quarter. */
const taskLeaseMs = 40_000;
/** Maximum number of attempts; after that the export is given up and the user is told. */
const maxAttempts = 5;
/** Size from which on an archive is sent, in bytes. Telegram takes files of 50 MB (Bot API, `sendDocument`). */
const archiveBytes = 30 * 2 ** 20;
/** Minimum time between two progress messages, in ms. */
const tellMs = 3_000;
const fileBatchSize = 50;

/**
 * Creates and sends the requested exports of users' data. Sent archives are not sent again: a worker that takes over
 * continues after the last one.
 * @param leaving aborts when this process is about to end; another one continues
 */
export async function sweepExports(dependencies: ExportDependencies, leaving: AbortSignal): Promise<void> {
  const { exports, dataMessages, log } = dependencies;
  await forEachTask(
    () => exports.lease(taskLeaseMs),
    async (job) => {
      const lease = renewTaskLease(() => exports.renew(job.userId, taskLeaseMs), taskLeaseMs / 4);
      try {
        await exportAll(dependencies, job, AbortSignal.any([leaving, lease.lost]));
      } catch (thrown) {
        logError(log, 'warn', { user: job.userId, attempt: job.attempts }, thrown, 'export failed');
        const isGone = thrown instanceof DeliveryError && thrown.kind === 'gone';
        if (!isGone && job.attempts < maxAttempts) return;

        await exports.done(job.userId);
        await dataMessages.tell(job, { kind: 'export-failed' }).catch(() => undefined);
      } finally {
        lease.end();
        // Another process can take over an unfinished export at once.
        if (leaving.aborted) await exports.renew(job.userId, 0).catch(() => false);
      }
    },
    leaving,
  );
}

async function exportAll(dependencies: ExportDependencies, job: ExportJob, stop: AbortSignal): Promise<void> {
  const { exports, dataMessages, createArchive, log } = dependencies;
  const folder = await createWorkFolder();
  let { archives, lastSeq } = job;
  let archive = await createArchive(join(folder, `${archives}.zip`));
  try {
    const send = async (isLast: boolean) => {
      await archive.close();
      const number = isLast && archives === 0 ? null : archives + 1;
      await dataMessages.sendArchive(job, join(folder, `${archives}.zip`), number);
      await exports.sent(job.userId, lastSeq);
      archives += 1;
    };
    if (archives === 0) {
      for await (const { name, rows } of exports.ofAccount(job.userId)) {
        await archive.add(`${name}.json`, asJson(rows), false);
      }
    }
    const tell = progressTeller(dependencies, job, await exports.count(job.userId, lastSeq));
    for await (const { seq, entries } of filesAfter(dependencies, job)) {
      if (stop.aborted) return;
      for (const { name, bytes, isPacked } of entries) await archive.add(name, bytes, isPacked);
      lastSeq = seq;
      tell();
      if (archive.size < archiveBytes) continue;
      await send(false);
      archive = await createArchive(join(folder, `${archives}.zip`));
    }
    if (stop.aborted) return;
    if (archive.size > 0) await send(true);
    await dataMessages.tell(job, { kind: 'exported', archives });
    await exports.done(job.userId);
    log.info({ user: job.userId, archives }, 'exported');
  } finally {
    await archive.close().catch(() => undefined);
    await removeWorkFolder(folder);
  }
}

async function* filesAfter(
  dependencies: ExportDependencies,
  job: ExportJob,
): AsyncGenerator<{ readonly seq: number; readonly entries: readonly ArchiveEntry[] }> {
  let after = job.lastSeq;
  for (;;) {
    const files = await dependencies.exports.files(job.userId, after, fileBatchSize);
    if (files.length === 0) return;
    for (const { id, seq } of files) {
      yield { seq, entries: await entriesOf(dependencies, job, id, seq) };
      after = seq;
    }
  }
}

/** Returns a function that reports the progress at intervals. A failed report does not stop the export. */
function progressTeller({ dataMessages }: ExportDependencies, job: ExportJob, total: number): () => void {
  let done = 0;
  let toldAt = performance.now();
  return () => {
    done += 1;
    if (job.messageId === null || performance.now() - toldAt < tellMs) return;
    toldAt = performance.now();
    void dataMessages.tell(job, { kind: 'exporting', done, total }).catch(() => undefined);
  };
}

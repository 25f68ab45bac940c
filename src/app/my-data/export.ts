import { join } from 'node:path';
import { DeliveryError } from '../ports/answers.ts';
import type { Log } from '../ports/operations.ts';
import { createWorkFolder, removeWorkFolder } from '../work-folder.ts';
import { type ArchiveEntry, asJson, type EntriesDependencies, entriesOf } from './export-entries.ts';
import type { Archive, DataMessages, ExportJob } from './ports.ts';

export type ExportDependencies = EntriesDependencies & {
  dataMessages: DataMessages;
  log: Log;
  /** A new archive at this path. */
  createArchive(path: string): Promise<Archive>;
};

/** A worker that is silent for so long is taken to be dead, in milliseconds; it says that it lives every quarter. */
const leaseMs = 40_000;
/** Then it is given up, and the person is told. */
const mostAttempts = 5;
/** An archive that is larger is sent; Telegram takes files of 50 MB (Bot API, `sendDocument`). In bytes. */
const archiveBytes = 30 * 2 ** 20;
/** Progress is shown no more often than this, in milliseconds. */
const tellMs = 3_000;
const filesAtOnce = 50;

/**
 * Makes and sends what people have asked for of their data. Archives that were sent are not sent again: a worker that takes
 * over goes on after the last of them.
 * @param leaving aborts when this process is to end: another goes on
 */
export async function sweepExports(dependencies: ExportDependencies, leaving: AbortSignal): Promise<void> {
  const { exports, dataMessages, log } = dependencies;
  while (!leaving.aborted) {
    const job = await exports.take(leaseMs);
    if (job === null) return;
    const stop = new AbortController();
    const keeping = setInterval(async () => {
      const isWanted = await exports.keep(job.userId, leaseMs).catch(() => true);
      if (!isWanted) stop.abort();
    }, leaseMs / 4);
    try {
      await exportAll(dependencies, job, AbortSignal.any([leaving, stop.signal]));
    } catch (thrown) {
      const cause = (thrown as Error).message;
      log.warn({ user: job.userId, attempt: job.attempts, cause }, 'export failed');
      const isGone = thrown instanceof DeliveryError && thrown.kind === 'gone';
      if (!isGone && job.attempts < mostAttempts) continue;

      await exports.done(job.userId);
      await dataMessages.tell(job, { kind: 'export-failed' }).catch(() => undefined);
    } finally {
      clearInterval(keeping);
      // At once somebody else's, where it is not done.
      if (leaving.aborted) await exports.keep(job.userId, 0).catch(() => false);
    }
  }
}

async function exportAll(dependencies: ExportDependencies, job: ExportJob, stop: AbortSignal): Promise<void> {
  const { exports, dataMessages, createArchive, log } = dependencies;
  const folder = await createWorkFolder();
  let { parts, lastSeq } = job;
  let archive = await createArchive(join(folder, `${parts}.zip`));
  try {
    const send = async (isLast: boolean) => {
      await archive.close();
      const part = isLast && parts === 0 ? null : parts + 1;
      await dataMessages.sendArchive(job, join(folder, `${parts}.zip`), part);
      await exports.sent(job.userId, lastSeq);
      parts += 1;
    };
    if (parts === 0) {
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
      archive = await createArchive(join(folder, `${parts}.zip`));
    }
    if (stop.aborted) return;
    if (archive.size > 0) await send(true);
    await dataMessages.tell(job, { kind: 'exported', archives: parts });
    await exports.done(job.userId);
    log.info({ user: job.userId, archives: parts }, 'exported');
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
    const files = await dependencies.exports.files(job.userId, after, filesAtOnce);
    if (files.length === 0) return;
    for (const { id, seq } of files) {
      yield { seq, entries: await entriesOf(dependencies, job, id, seq) };
      after = seq;
    }
  }
}

/** Says how far it is, now and then; that it cannot be said is no reason to stop. */
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

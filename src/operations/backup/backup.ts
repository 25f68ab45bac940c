import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { recordBackup } from '../../store/backup/record.ts';
import { openSnapshot, type Snapshot } from '../../store/backup/snapshot.ts';
import { connect, disconnect } from '../../store/connection.ts';
import { readArchive } from './archive-reader.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import { Failure } from './failure.ts';
import { createPartial, keepNewest, type PartialBackup, prepareFolder, publish } from './files.ts';
import { type Manifest, rowsOf } from './manifest.ts';

/** Settings of a backup. */
export type BackupOptions = {
  readonly databaseUrl: string;
  readonly folder: string;
  /** Number of finished backups that stay in the folder, including the new one. */
  readonly keep: number;
  /** Version of Dabir. */
  readonly program: string;
  readonly onProgress: (words: string) => void;
  readonly signal: AbortSignal;
};

/** Result of a backup. */
export type BackupSummary = {
  readonly file: string;
  readonly bytes: number;
  readonly tables: number;
  readonly rows: number;
  /** Older backups that were deleted. */
  readonly deleted: readonly string[];
  /** False if the database is too old to record backups, or the record failed. */
  readonly isRecorded: boolean;
};

/**
 * Saves all tables in one snapshot, reads the file back, and publishes it under its final name only if it holds
 * what the database counted. Dabir may run at the same time. Older backups are deleted last.
 * @throws Failure; no incomplete file stays, except a `.partial` one after the process was killed
 */
export async function backup(options: BackupOptions): Promise<BackupSummary> {
  const { databaseUrl, keep, program, onProgress, signal } = options;
  const folder = resolve(options.folder);
  const startedAt = new Date();
  await prepareFolder(folder);
  const client = await connect(databaseUrl, 'dabir backup');
  // Makes pending operations fail, because a COPY without a reader would never end.
  const interrupt = () => disconnect(client);
  signal.addEventListener('abort', interrupt, { once: true });
  let partial: PartialBackup | undefined;
  try {
    const snapshot = await openSnapshot(client);
    partial = await createPartial(folder, startedAt);
    const { manifest, bytes } = await write(snapshot, partial.archive, startedAt, program, onProgress);
    await snapshot.close();
    onProgress('reading the file back');
    await compare(partial.path, manifest);
    signal.throwIfAborted();
    const file = await publish(partial.path, startedAt);
    const record = {
      ...{ startedAt, endedAt: new Date(), bytes, rows: rowsOf(manifest) },
      ...{ host: hostname(), file },
    };
    const isRecorded = await recordBackup(client, record).catch(() => false);
    const deleted = await keepNewest(folder, keep);
    return { file, bytes, tables: manifest.tables.length, rows: record.rows, deleted, isRecorded };
  } catch (error) {
    if (partial !== undefined) await rm(partial.path, { force: true });
    if (signal.aborted) throw new Failure('interrupted', 'Interrupted: nothing was saved.', { cause: error });
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
    disconnect(client);
  }
}

async function write(
  snapshot: Snapshot,
  archive: ArchiveWriter,
  madeAt: Date,
  program: string,
  onProgress: (words: string) => void,
): Promise<{ manifest: Manifest; bytes: number }> {
  try {
    const tables: Manifest['tables'] = [];
    for (const table of snapshot.tables) {
      const { name, rows } = table;
      onProgress(`${name}: ${rows} rows`);
      const written = await archive.table(name, snapshot.rows(table), (bytes) =>
        onProgress(`${name}: ${rows} rows, ${Math.round(bytes / 1e6)} MB so far`),
      );
      tables.push({ name, columns: [...table.columns], rows, ...written });
    }
    const manifest: Manifest = {
      format: 1,
      madeAt: madeAt.toISOString(),
      program,
      postgres: snapshot.serverVersion,
      migrations: [...snapshot.migrations],
      tables,
      sequences: [...snapshot.sequences],
    };
    return { manifest, bytes: await archive.end(manifest) };
  } catch (error) {
    await archive.abandon();
    throw error;
  }
}

/** Reads the file from disk and compares it with what PostgreSQL counted. */
async function compare(path: string, manifest: Manifest): Promise<void> {
  const read = await readArchive(path);
  if (!isDeepStrictEqual(read, manifest))
    throw new Failure('damaged', 'The file differs from what was written into it; nothing was saved.');
}

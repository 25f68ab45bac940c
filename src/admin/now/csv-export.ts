import type { FileFilter, FileRow, Files } from '../../app/admin/file-ports.ts';
import { csvLine } from '../csv.ts';

/** Rows per query; the CSV is streamed. */
const perPage = 500;

/** Spreadsheets detect UTF-8 by this mark. */
const byteOrderMark = '\ufeff';

const columns = {
  file: (row) => row.id,
  user: (row) => row.userId,
  name: (row) => row.userName,
  username: (row) => row.username,
  kind: (row) => row.kind,
  file_name: (row) => row.fileName,
  seconds: (row) => row.seconds,
  engine: (row) => row.engine,
  state: (row) => row.state,
  sent: (row) => row.createdAt.toISOString(),
  waited_seconds: (row) => row.waitedSeconds,
  cost: (row) => row.cost,
  currency: (row) => row.currency,
  error: (row) => row.errorCode,
} satisfies Record<string, (row: FileRow) => string | number | null>;

/** Yields all transcriptions of a filter as CSV, the newest first. */
export async function* filesAsCsv(files: Files, filter: FileFilter): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.keys(columns));
  let before: number | null = null;
  do {
    const { rows, next } = await files.list(filter, before, perPage);
    yield rows.map((row) => csvLine(Object.values(columns).map((cell) => cell(row)))).join('');
    before = next;
  } while (before !== null);
}

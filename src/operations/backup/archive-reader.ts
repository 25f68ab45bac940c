import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract as createExtract } from 'tar-stream';
import { Failure } from './failure.ts';
import { type Manifest, manifestName, manifestSchema, tableOf } from './manifest.ts';

/** Takes a piece of a table; called in order, table by table. */
export type TakePiece = (table: string, piece: Buffer) => Promise<void>;

/** Totals of a table while it is read. */
type Found = { rows: number; bytes: number; hash: Hash };

/** Maximum manifest in bytes; a real one takes a few kB. Nothing larger is read into memory. */
const maxManifestLength = 4_000_000;

/**
 * Reads a whole archive and compares it with its manifest: rows, bytes and SHA-256 of each table.
 * @throws Failure `damaged` if it is truncated, changed or not an archive of Dabir; and what `take` throws
 */
export async function readArchive(path: string, take: TakePiece = async () => undefined): Promise<Manifest> {
  const found = new Map<string, Found>();
  let manifest: Manifest | undefined;
  const extract = createExtract();
  const source = pipeline(
    createReadStream(path),
    createGunzip(),
    extract as unknown as NodeJS.WritableStream,
  );
  // The loop below gets the same error.
  source.catch(() => undefined);
  let taking = false;
  try {
    for await (const entry of extract) {
      const { name } = entry.header;
      if (name === manifestName) {
        manifest = parseManifest(await collect(entry));
        continue;
      }
      const table = tableOf(name);
      if (table === null || manifest !== undefined) throw new Failure('damaged', `unexpected entry ${name}`);
      for await (const piece of entry as AsyncIterable<Buffer>) {
        count(found, table, piece);
        taking = true;
        await take(table, piece);
        taking = false;
      }
    }
    await source;
  } catch (error) {
    // File system errors and errors of `take` say nothing about the archive.
    if (taking || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw damaged((error as Error).message, error);
  }
  if (manifest === undefined) throw damaged('its end is missing');
  const wrong = whatIsWrong(manifest, found);
  if (wrong !== null) throw damaged(wrong);
  return manifest;
}

function damaged(words: string, cause?: unknown): Failure {
  return new Failure('damaged', `The archive is damaged, or is no backup of Dabir: ${words}.`, { cause });
}

async function collect(entry: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of entry) {
    bytes += chunk.length;
    if (bytes > maxManifestLength) throw new Failure('damaged', 'its manifest is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseManifest(text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure('damaged', 'its manifest cannot be read', { cause });
  }
}

/** Counts the rows of a piece: in COPY's text format every line feed ends a row. */
function count(found: Map<string, Found>, table: string, piece: Buffer): void {
  const so = found.get(table) ?? { rows: 0, bytes: 0, hash: createHash('sha256') };
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) so.rows += 1;
  so.bytes += piece.length;
  so.hash.update(piece);
  found.set(table, so);
}

function whatIsWrong({ tables }: Manifest, found: ReadonlyMap<string, Found>): string | null {
  for (const { name, rows, bytes, sha256 } of tables) {
    const read = found.get(name) ?? { rows: 0, bytes: 0, hash: createHash('sha256') };
    if (read.rows !== rows) return `the table ${name} has ${read.rows} of ${rows} rows`;
    if (read.bytes !== bytes || read.hash.digest('hex') !== sha256) return `the table ${name} was changed`;
  }
  const unknown = [...found.keys()].find((name) => tables.every((table) => table.name !== name));
  return unknown === undefined ? null : `the table ${unknown} is not in its manifest`;
}

import { crc32, createDeflateRaw, inflateRawSync } from 'node:zlib';

/** An entry of a ZIP file (APPNOTE 4.3): its stored bytes and the fields of its headers. */
export type ZipEntry = {
  readonly name: string;
  readonly crc: number;
  /** Uncompressed size in bytes. */
  readonly size: number;
  readonly isPacked: boolean;
  readonly bytes: Uint8Array;
};

/** Reads the entries of a small ZIP file in memory. */
export function readZip(file: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  const directory = file.readUInt32LE(file.lastIndexOf('PK\x05\x06') + 16);
  for (let at = directory; file.readUInt32LE(at) === signatures.directory; ) {
    const nameLength = file.readUInt16LE(at + 28);
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    entries.push({
      name: file.toString('utf8', at + 46, at + 46 + nameLength),
      crc: file.readUInt32LE(at + 16),
      size: file.readUInt32LE(at + 24),
      isPacked: file.readUInt16LE(at + 10) === 8,
      bytes: file.subarray(start, start + file.readUInt32LE(at + 20)),
    });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** Returns an entry's text. */
export function entryText({ isPacked, bytes }: ZipEntry): string {
  return (isPacked ? inflateRawSync(bytes) : Buffer.from(bytes)).toString('utf8');
}

/** Compresses text piece by piece into an entry; memory never holds the whole uncompressed text. */
export async function packEntry(name: string, text: Iterable<string>): Promise<ZipEntry> {
  const deflate = createDeflateRaw();
  const packed: Uint8Array[] = [];
  deflate.on('data', (chunk: Uint8Array) => packed.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    deflate.once('end', resolve);
    deflate.once('error', reject);
  });
  let [crc, size] = [0, 0];
  for (const piece of text) {
    const bytes = Buffer.from(piece, 'utf8');
    crc = crc32(bytes, crc);
    size += bytes.length;
    if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
  await ended;
  return { name, crc, size, isPacked: true, bytes: Buffer.concat(packed) };
}

/** Yields a ZIP file of the entries, piece by piece. */
export function* writeZip(entries: readonly ZipEntry[]): Generator<Uint8Array> {
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const header = Buffer.concat([words(signatures.local), commonHeader(entry), Buffer.from(entry.name)]);
    directory.push(
      words(signatures.directory),
      halves(20),
      commonHeader(entry),
      // No comment, disk 0, no attributes.
      halves(0, 0, 0),
      words(0, offset),
      Buffer.from(entry.name),
    );
    yield header;
    yield entry.bytes;
    offset += header.length + entry.bytes.length;
  }
  const all = Buffer.concat(directory);
  yield all;
  const count = entries.length;
  yield Buffer.concat([
    words(signatures.end),
    halves(0, 0, count, count),
    words(all.length, offset),
    halves(0),
  ]);
}

const signatures = { local: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 };

/**
 * Returns the fields that both headers share: version 2.0, names in UTF-8, and 1980-01-01 00:00 as the time, so
 * that the same content makes the same file.
 */
function commonHeader({ name, crc, size, isPacked, bytes }: ZipEntry): Uint8Array {
  return Buffer.concat([
    halves(20, 0x0800, isPacked ? 8 : 0, 0, 0x21),
    words(crc, bytes.length, size),
    halves(Buffer.byteLength(name), 0),
  ]);
}

function halves(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

function words(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
}

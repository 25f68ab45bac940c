import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { AsyncFlateStreamHandler, ZipInputFile } from 'fflate';

/** ZIP's number for Deflate (APPNOTE 4.4.5). */
const deflate = 8;
/** Time of every entry, so that the same content makes the same file: the first that ZIP knows, on the local clock. */
const entryTime = new Date(1980, 0, 1);

/**
 * An entry of a ZIP file that Node's zlib compresses; fflate's own compressor takes five times as long. Each piece ends
 * at a byte, so that entries of any length need no more memory than a piece.
 */
export class ZipEntry implements ZipInputFile {
  readonly filename: string;
  readonly compression: number;
  readonly mtime = entryTime;
  size = 0;
  crc = 0;
  declare ondata?: AsyncFlateStreamHandler;

  /** @param isStored true for bytes that are not compressed */
  constructor(filename: string, isStored = false) {
    this.filename = filename;
    this.compression = isStored ? 0 : deflate;
  }

  push(bytes: Uint8Array<ArrayBuffer>, isLast: boolean): void {
    this.size += bytes.length;
    this.crc = crc32(bytes, this.crc);
    const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
    const packed = this.compression === 0 ? bytes : deflateRawSync(bytes, { level: 6, finishFlush });
    this.ondata?.(null, packed, isLast);
  }
}

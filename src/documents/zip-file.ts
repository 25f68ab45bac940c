import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { Zip, ZipDeflate, type ZipInputFile, ZipPassThrough } from 'fflate';
import type { Archive } from '../app/ports/archive.ts';

/** Bytes that are compressed before the event loop gets a turn; they take a few milliseconds. */
const sliceBytes = 256 * 1024;

/** A ZIP file that is written while entries are added; memory holds only the entry that is being compressed. */
export class ZipFile implements Archive {
  readonly #file: FileHandle;
  readonly #zip: Zip;
  #unwritten: Uint8Array[] = [];
  #error: Error | null = null;
  #isClosed = false;
  size = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
    this.#zip = new Zip((error, chunk) => {
      if (error === null) this.#unwritten.push(chunk);
      else this.#error = error;
    });
  }

  /** Creates the file, or truncates an existing one. */
  static async create(path: string): Promise<ZipFile> {
    return new ZipFile(await open(path, 'w'));
  }

  /** Adds an entry. `isPacked` means that the bytes are compressed already, so they are stored as they are. */
  async add(name: string, bytes: Uint8Array, isPacked: boolean): Promise<void> {
    const entry: ZipInputFile & { push(chunk: Uint8Array, final: boolean): void } = isPacked
      ? new ZipPassThrough(name)
      : new ZipDeflate(name, { level: 6 });
    this.#zip.add(entry);
    for (let start = 0; start === 0 || start < bytes.length; start += sliceBytes) {
      entry.push(bytes.subarray(start, start + sliceBytes), start + sliceBytes >= bytes.length);
      await this.#write();
      await setImmediate();
    }
  }

  /** Writes the directory and closes the file; later calls do nothing. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      this.#zip.end();
      await this.#write();
    } finally {
      await this.#file.close();
    }
  }

  async #write(): Promise<void> {
    if (this.#error !== null) throw this.#error;
    for (const chunk of this.#unwritten.splice(0)) {
      await this.#file.writeFile(chunk);
      this.size += chunk.length;
    }
  }
}

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack as createPack, type Pack } from 'tar-stream';
import { type Manifest, manifestName, pieceName } from './manifest.ts';

/**
 * Piece of a table in bytes. A tar entry gives its size first, so a table is written in pieces that fit in
 * memory.
 */
const pieceBytes = 1_048_576;

/** Writes a `.tar.gz`, one table after another. Only the file's owner may read it. */
export class ArchiveWriter {
  readonly #path: string;
  readonly #pack: Pack = createPack();
  readonly #written: Promise<void>;
  /** Rejects as soon as writing fails. */
  readonly #broken: Promise<never>;

  private constructor(path: string, file: WriteStream) {
    this.#path = path;
    // `pipeline` does not accept a streamx stream for a Node stream, but accepts it as an iterable.
    const entries = Readable.from(this.#pack, { objectMode: false });
    this.#written = pipeline(entries, createGzip(), file);
    this.#broken = new Promise((_, reject) => this.#written.catch(reject));
    this.#broken.catch(() => undefined);
  }

  /** Creates the file; rejects if it exists. */
  static async create(path: string): Promise<ArchiveWriter> {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
    await once(file, 'open');
    return new ArchiveWriter(path, file);
  }

  /**
   * Writes a table's rows as they arrive; memory holds at most one piece.
   * @param onBytes called with the number of bytes so far
   * @returns the number of bytes and their SHA-256
   */
  async table(
    name: string,
    rows: Readable,
    onBytes: (bytes: number) => void,
  ): Promise<{ bytes: number; sha256: string }> {
    const hash = createHash('sha256');
    let bytes = 0;
    let number = 0;
    let pending: Buffer[] = [];
    let pendingBytes = 0;
    const flush = async () => {
      if (pendingBytes === 0) return;
      number += 1;
      await this.#entry(pieceName(name, number), Buffer.concat(pending));
      pending = [];
      pendingBytes = 0;
    };
    for await (const chunk of rows as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      pending.push(chunk);
      pendingBytes += chunk.length;
      if (pendingBytes >= pieceBytes) {
        await flush();
        onBytes(bytes);
      }
    }
    await flush();
    return { bytes, sha256: hash.digest('hex') };
  }

  /**
   * Writes the manifest and flushes the file to disk.
   * @returns the file's size in bytes
   */
  async end(manifest: Manifest): Promise<number> {
    await this.#entry(manifestName, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    this.#pack.finalize();
    await this.#written;
    return (await stat(this.#path)).size;
  }

  /** Closes the file as it is. */
  async abandon(): Promise<void> {
    this.#pack.destroy();
    await this.#written.catch(() => undefined);
  }

  async #entry(name: string, content: Buffer): Promise<void> {
    try {
      const written = new Promise<void>((resolve, reject) => {
        const entry = this.#pack.entry({ name, size: content.length, mode: 0o600 }, (error) =>
          error ? reject(error) : resolve(),
        );
        entry.on('error', reject);
        entry.end(content);
      });
      written.catch(() => undefined);
      await Promise.race([written, this.#broken]);
    } catch (error) {
      // After a write error the entries only report that the stream ended; the file's stream has the reason.
      this.#pack.destroy();
      throw await this.#written.then(
        () => error,
        (cause) => cause,
      );
    }
  }
}

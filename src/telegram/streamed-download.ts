import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { DabirError, toDabirError } from '../domain/errors.ts';

/** HTTP statuses after which the same request may soon succeed. */
const passingStatuses = [408, 429, 500, 502, 503, 504];

type Options = {
  /** The announced size, in bytes; null when unknown. */
  readonly expectedBytes: number | null;
  readonly limitBytes: number;
  readonly tooLarge: () => DabirError;
  readonly patience: { readonly stallMs: number; readonly pausesMs: readonly number[] };
  readonly signal: AbortSignal;
  /** Receives the fraction that has arrived, 0 to 1; not called when the size is unknown. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
};

/** Thrown when the connection breaks; the bytes received so far stay on the disk. */
class Broken extends Error {}

/** Downloads one file over HTTP to the disk, in as many requests as its patience allows. */
export class StreamedDownload {
  readonly #address: string;
  readonly #path: string;
  readonly #options: Options;
  #received = 0;
  /** ETag of the version of the file that the bytes so far belong to. */
  #etag: string | null = null;

  constructor(address: string, path: string, options: Options) {
    this.#address = address;
    this.#path = path;
    this.#options = options;
  }

  /**
   * Downloads the file. Resolves to the number of bytes on the disk. Rejects with
   * `file_unavailable`, `download_failed`, `file_too_large` or the signal's reason; no error
   * contains the address.
   */
  async run(): Promise<number> {
    const { patience, signal } = this.#options;
    for (let tries = 0; ; tries++) {
      try {
        await this.#request();
        return this.#received;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Broken)) throw error;
        const pauseMs = patience.pausesMs[tries];
        if (pauseMs === undefined) {
          throw new DabirError('download_failed', `${error.message} after ${this.#received} bytes`);
        }
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }

  /** Requests the missing bytes and writes them. */
  async #request(): Promise<void> {
    const { patience, signal, expectedBytes } = this.#options;
    const stalled = new AbortController();
    const stall = setTimeout(() => stalled.abort(), patience.stallMs);
    const either = AbortSignal.any([signal, stalled.signal]);
    try {
      const response = await fetch(this.#address, { headers: this.#headers(), signal: either }).catch(() => {
        throw new Broken('the file server did not answer');
      });
      if (this.#isComplete(response)) return;
      this.#etag = response.headers.get('etag');
      await this.#write(response, either, () => stall.refresh());
      if (expectedBytes !== null && this.#received < expectedBytes)
        throw new Broken('the file ended too early');
    } finally {
      clearTimeout(stall);
      // Aborts the rest of a response that is not read.
      stalled.abort();
    }
  }

  #headers(): Record<string, string> {
    if (this.#received === 0) return {};
    const ifSame = this.#etag === null || this.#etag.startsWith('W/') ? {} : { 'if-range': this.#etag };
    return { range: `bytes=${this.#received}-`, ...ifSame };
  }

  /**
   * Prepares for the response's body. Returns true when no bytes are missing, and throws when there
   * is no body to read.
   */
  #isComplete({ status, headers }: Response): boolean {
    const contentRange = headers.get('content-range') ?? '';
    if (status === 206 && contentRange.startsWith(`bytes ${this.#received}-`)) return false;
    if (status === 416 && contentRange === `bytes */${this.#received}`) return true;
    if (status === 200) {
      // The server does not support ranges, or has another version of the file now.
      this.#received = 0;
      return false;
    }
    if (status === 206 || status === 416) {
      this.#received = 0;
      throw new Broken('the file server has another file now');
    }
    if (status === 404) throw new DabirError('file_unavailable', 'the file server has no such file');
    if (passingStatuses.includes(status)) throw new Broken(`the file server answered ${status}`);
    throw new DabirError('download_failed', `the file server answered ${status}`);
  }

  async #write(response: Response, signal: AbortSignal, onChunk: () => void): Promise<void> {
    const { limitBytes, tooLarge, expectedBytes, onProgress } = this.#options;
    const counted = async function* (this: StreamedDownload, chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        onChunk();
        if (this.#received + chunk.length > limitBytes) throw tooLarge();
        this.#received += chunk.length;
        if (expectedBytes) onProgress?.(this.#received / expectedBytes);
        yield chunk;
      }
    }.bind(this);
    const body = response.body as ReadableStream<Uint8Array> | null;
    const start = this.#received;
    const output = createWriteStream(this.#path, start === 0 ? {} : { flags: 'r+', start });
    try {
      await pipeline(body === null ? Readable.from([]) : Readable.fromWeb(body), counted, output, { signal });
    } catch (error) {
      // Bytes that were received but not written are requested again.
      this.#received = start + output.bytesWritten;
      const known = toDabirError(error);
      // Everything else is a broken connection; its message may contain the address.
      throw known.code === 'internal' ? new Broken('the connection broke') : known;
    }
  }
}

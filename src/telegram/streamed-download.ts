import { type FileHandle, open } from 'node:fs/promises';
import { get, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getOverTls } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { keepAliveAgent } from '../lib/keep-alive-agent.ts';

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
   * Downloads the file. Resolves to the number of bytes on the disk. Rejects with `file_unavailable`,
   * `download_failed`, `file_too_large` or the signal's reason; no error contains the address.
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
      const response = await request(this.#address, { headers: this.#headers(), signal: either }).catch(
        () => {
          throw new Broken('the file server did not answer');
        },
      );
      // An aborted response reports it even where nobody reads it.
      response.on('error', () => undefined);
      if (this.#isComplete(response)) return;
      this.#etag = response.headers.etag ?? null;
      await this.#write(response, () => stall.refresh());
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
   * Prepares for the response's body. Returns true when no bytes are missing, and throws when there is no body to read.
   */
  #isComplete({ statusCode: status = 0, headers }: IncomingMessage): boolean {
    const contentRange = headers['content-range'] ?? '';
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

  /** Writes the body. What was received before the connection breaks is on the disk. */
  async #write(response: IncomingMessage, onChunk: () => void): Promise<void> {
    const { limitBytes, tooLarge, expectedBytes, onProgress } = this.#options;
    const output = await open(this.#path, this.#received === 0 ? 'w' : 'r+');
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        onChunk();
        if (this.#received + chunk.length > limitBytes) throw tooLarge();
        await writeAll(output, chunk, this.#received);
        this.#received += chunk.length;
        if (expectedBytes) onProgress?.(this.#received / expectedBytes);
      }
    } catch (error) {
      const known = toDabirError(error);
      // Everything else is a broken connection; its message may contain the address.
      throw known.code === 'internal' ? new Broken('the connection broke') : known;
    } finally {
      await output.close();
    }
  }
}

/** Writes a whole chunk at a position of a file. */
async function writeAll(file: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

/** Requests an address over the connections of the Bot API's calls; resolves to the response before its body. */
function request(address: string, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const getFrom = address.startsWith('https:') ? getOverTls : get;
    getFrom(address, { ...options, agent: keepAliveAgent(address) }, resolve).on('error', reject);
  });
}

import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, type Dispatcher, request } from 'undici';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { refused, tooLarge, unreachable } from './failures.ts';
import { nameOf } from './file-name.ts';
import { guardedLookup, RefusedAddress } from './guarded-lookup.ts';
import { type LinkRules, refusalOf } from './rules.ts';

const mostRedirects = 5;
/** A server that is silent for so long is given up, in milliseconds. */
const silenceMs = 30_000;

export type DirectLimits = {
  readonly bytes: number;
  readonly signal: AbortSignal;
  /** How much of the file has arrived, 0 to 1; not called where its server does not say how much it is. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
};

/** A file that was fetched, with the name that its server gives it; or a page, which was not. */
export type DirectResult =
  | { readonly kind: 'file'; readonly name: string | null }
  | { readonly kind: 'page' };

/** Fetches what links lead to, over connections that reach allowed addresses alone. */
export class DirectFetcher {
  readonly #rules: LinkRules;
  readonly #agent: Agent;

  constructor(rules: LinkRules) {
    this.#rules = rules;
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(rules), timeout: silenceMs },
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      // Each file is another server's.
      keepAliveTimeout: 1,
    });
  }

  /**
   * Streams a file to the disk, following redirects, each checked like the first.
   * Rejects with a DabirError that names no address, or the signal's reason.
   */
  async fetch(start: URL, path: string, limits: DirectLimits): Promise<DirectResult> {
    let url = start;
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      if (refusalOf(url, this.#rules) !== null) throw refused();
      const response = await this.#request(url, limits.signal);
      const location = redirectOf(response);
      if (location === null) return this.#take(response, url, path, limits);
      discard(response.body);
      if (!URL.canParse(location, url.href)) throw new DabirError('link_denied', 'a redirect to nowhere');
      url = new URL(location, url);
    }
    throw new DabirError('link_denied', 'redirects without an end');
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #request(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    try {
      return await request(url, {
        dispatcher: this.#agent,
        signal,
        headers: {
          'user-agent': 'Dabir',
          accept: 'audio/*, video/*;q=0.9, */*;q=0.5',
          'accept-encoding': 'identity',
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RefusedAddress) throw refused();
      throw unreachable(error);
    }
  }

  async #take(
    { statusCode, headers, body }: Dispatcher.ResponseData,
    url: URL,
    path: string,
    { bytes, signal, onProgress }: DirectLimits,
  ): Promise<DirectResult> {
    const length = Number(headers['content-length'] ?? 0);
    const refusal = refusalOfAnswer(statusCode, length, bytes);
    const isPage = /^\s*(text\/html|application\/xhtml)/i.test(String(headers['content-type'] ?? ''));
    if (refusal !== null || isPage) {
      discard(body);
      if (refusal !== null) throw refusal;
      return { kind: 'page' };
    }
    try {
      await pipeline(
        body,
        counted(bytes, (received) => length > 0 && onProgress?.(received / length)),
        createWriteStream(path),
        { signal },
      );
    } catch (error) {
      signal.throwIfAborted();
      // A full disk is our own affair.
      const known = toDabirError(error);
      throw known.code === 'internal' ? unreachable(error) : known;
    }
    return { kind: 'file', name: nameOf(headers['content-disposition'], url) };
  }
}

/** Lets so many bytes through, and tells how many that were so far. */
function counted(limitBytes: number, tell: (received: number) => void) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    let received = 0;
    for await (const chunk of chunks) {
      received += chunk.length;
      if (received > limitBytes) throw tooLarge(limitBytes);
      tell(received);
      yield chunk;
    }
  };
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData): string | null {
  const { location } = headers;
  return statusCode >= 300 && statusCode < 400 && typeof location === 'string' ? location : null;
}

function refusalOfAnswer(status: number, length: number, limitBytes: number): DabirError | null {
  if (status === 429 || status >= 500) return unreachable(new Error(`status ${status}`));
  if (status !== 200) return new DabirError('link_denied', `status ${status}`);
  return length > limitBytes ? tooLarge(limitBytes) : null;
}

/** The rest of a body that nobody wants. */
function discard(body: Readable): void {
  body.on('error', () => undefined).destroy();
}

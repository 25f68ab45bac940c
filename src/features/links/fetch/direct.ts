import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Agent, Dispatcher } from 'undici';
import { DabirError, toDabirError } from '../../../domain/errors.ts';
import { createGuardedLookup, RefusedAddress } from '../address/guarded-lookup.ts';
import { type LinkRules, refusalOf } from '../address/rules.ts';
import { createRefusedError, createTooLargeError, createUnreachableError } from './failures.ts';
import { fileNameOf } from './file-name.ts';

const maxRedirects = 5;
/** Time without data after which a server is given up, in ms. */
const silenceMs = 30_000;

export type DirectLimits = {
  readonly bytes: number;
  readonly signal: AbortSignal;
  /**
   * Receives the fraction that has arrived, 0 to 1; not called when the server does not announce
   * the size.
   */
  readonly onProgress?: ((fraction: number) => void) | undefined;
};

/**
 * The result of a fetch: a file, with the name that its server gives it, or a page, which was not
 * saved.
 */
export type DirectResult =
  | { readonly kind: 'file'; readonly name: string | null }
  | { readonly kind: 'page' };

/** Fetches files that links lead to, over connections that reach only allowed addresses. */
export class DirectFetcher {
  readonly #rules: LinkRules;
  #agent: Agent | undefined;

  constructor(rules: LinkRules) {
    this.#rules = rules;
  }

  /**
   * Streams a file to the disk. Follows redirects, and checks each of them like the first address.
   * Rejects with a DabirError that contains no address, or with the signal's reason.
   */
  async fetch(start: URL, path: string, limits: DirectLimits): Promise<DirectResult> {
    let url = start;
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      if (refusalOf(url, this.#rules) !== null) throw createRefusedError();
      const response = await this.#request(url, limits.signal);
      const location = redirectOf(response);
      if (location === null) return this.#take(response, url, path, limits);
      discard(response.body);
      if (!URL.canParse(location, url.href)) throw new DabirError('link_denied', 'a redirect to no address');
      url = new URL(location, url);
    }
    throw new DabirError('link_denied', 'too many redirects');
  }

  async close(): Promise<void> {
    await this.#agent?.destroy();
  }

  async #request(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    // It takes 8 MB of memory, and few processes ever fetch a link.
    const { Agent, request } = await import('undici');
    this.#agent ??= new Agent({
      connect: { lookup: createGuardedLookup(this.#rules), timeout: silenceMs },
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      // Files rarely come from the same server, so connections are not kept.
      keepAliveTimeout: 1,
    });
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
      if (error instanceof RefusedAddress) throw createRefusedError();
      throw createUnreachableError(error);
    }
  }

  async #take(
    { statusCode, headers, body }: Dispatcher.ResponseData,
    url: URL,
    path: string,
    { bytes, signal, onProgress }: DirectLimits,
  ): Promise<DirectResult> {
    const length = Number(headers['content-length'] ?? 0);
    const refusal = refusalOfResponse(statusCode, length, bytes);
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
      // A full disk is our own failure, not the server's.
      const known = toDabirError(error);
      throw known.code === 'internal' ? createUnreachableError(error) : known;
    }
    return { kind: 'file', name: fileNameOf(headers['content-disposition'], url) };
  }
}

/** Returns a stream step that passes at most `limitBytes` and reports how many bytes have passed. */
function counted(limitBytes: number, tell: (received: number) => void) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    let received = 0;
    for await (const chunk of chunks) {
      received += chunk.length;
      if (received > limitBytes) throw createTooLargeError(limitBytes);
      tell(received);
      yield chunk;
    }
  };
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData): string | null {
  const { location } = headers;
  return statusCode >= 300 && statusCode < 400 && typeof location === 'string' ? location : null;
}

function refusalOfResponse(status: number, length: number, limitBytes: number): DabirError | null {
  if (status === 429 || status >= 500) return createUnreachableError(new Error(`status ${status}`));
  if (status === 404 || status === 410) return new DabirError('link_missing', `status ${status}`);
  if (status !== 200) return new DabirError('link_denied', `status ${status}`);
  return length > limitBytes ? createTooLargeError(limitBytes) : null;
}

/** Drops the rest of a body that is not read. */
function discard(body: Readable): void {
  body.on('error', () => undefined).destroy();
}

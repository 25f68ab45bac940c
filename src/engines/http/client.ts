import type { EnvHttpProxyAgent, FormData, RequestInit, Response } from 'undici';
import { DabirError } from '../../domain/errors.ts';
import { wordsOf } from './error-words.ts';
import { failureOf } from './failures.ts';
import { withoutSecrets } from './secrets.ts';

/** Settings of a client for one service. */
export type HttpSettings = {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Sent with every request to the base URL's origin, and to no other. */
  readonly headers: Readonly<Record<string, string>>;
  /** Secrets that must not appear in any message. */
  readonly secrets: readonly (string | null)[];
  /** Timeout of one request including its response, in ms. */
  readonly timeoutMs: number;
};

/** A request with a JSON body, a form, or no body. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  /** A path below the base URL, or a full URL; other origins get none of our headers. */
  readonly path: string;
  readonly json?: object;
  /** Called for each attempt, because a form can be sent only once. */
  readonly form?: () => Promise<FormData>;
  readonly timeoutMs?: number;
};

/** A complete response of a service. */
export type HttpResponse = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed as JSON; undefined if it is not JSON. */
  readonly json: unknown;
};

/** A client for one service over HTTP. */
export type HttpClient = {
  /**
   * Sends a request and returns a response with a status of 2xx.
   * @throws DabirError for every other response or a failed connection; the signal's reason on abort
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Sends a request and returns the response with any status, for services that explain errors in the body. */
  ask(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Returns text of the service in a form that is safe to log. */
  clean(words: string): string;
  close(): Promise<void>;
};

/** Maximum size of a response's body, in bytes. A transcript of ten hours with its words is a tenth of it. */
const maxBodyBytes = 32 * 2 ** 20;
const connectTimeoutMs = 15_000;
/** A body without new bytes for this time is aborted, in ms. */
const bodyStallMs = 60_000;
/** Maximum redirects, all to the same origin. */
const maxRedirects = 3;

/**
 * Creates a client for one service. It uses the proxy of HTTPS_PROXY and related variables, and never sends a
 * request to another host through a redirect.
 */
export function createHttpClient(settings: HttpSettings): HttpClient {
  const { baseUrl, headers, secrets, timeoutMs } = settings;
  const origin = new URL(baseUrl).origin;
  // `timeoutMs` limits the time to the first byte: a service may work on a long chunk before it responses.
  const timeouts = { connectTimeout: connectTimeoutMs, headersTimeout: 0, bodyTimeout: bodyStallMs };
  let dispatcher: EnvHttpProxyAgent | undefined;
  const clean = (words: string) => withoutSecrets(words, secrets);

  const requestOnce = async (request: HttpRequest, signal: AbortSignal): Promise<Response> => {
    const undici = await loadUndici();
    dispatcher ??= new undici.EnvHttpProxyAgent(timeouts);
    let url = new URL(/^https?:\/\//.test(request.path) ? request.path : baseUrl + request.path);
    for (let redirects = 0; ; redirects += 1) {
      const body = request.json === undefined ? await request.form?.() : JSON.stringify(request.json);
      const init: RequestInit = {
        method: request.method,
        headers: {
          accept: 'application/json',
          ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(url.origin === origin ? headers : {}),
        },
        redirect: 'manual',
        signal,
        dispatcher,
        ...(body === undefined ? {} : { body }),
      };
      const response = await undici.fetch(url, init);
      const next = redirectOf(response, url, request.method);
      if (next === null || next.origin !== url.origin || redirects === maxRedirects) return response;
      await response.body?.cancel();
      url = next;
    }
  };

  const ask: HttpClient['ask'] = async (request, signal) => {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
    try {
      signal.throwIfAborted();
      const response = await requestOnce(request, AbortSignal.any([signal, timeout]));
      const text = await readBody(response);
      // Node's `Headers` and undici's are different classes of the same shape.
      return {
        status: response.status,
        headers: new Headers([...response.headers]),
        text,
        json: parse(text),
      };
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof DabirError) throw thrown;
      const seconds = Math.round((request.timeoutMs ?? timeoutMs) / 1000);
      if (timeout.aborted)
        throw new DabirError('engine_failed', `the service did not answer within ${seconds} s`);
      throw new DabirError(
        'engine_failed',
        `the connection to the service failed: ${clean(reasonOf(thrown))}`,
      );
    }
  };

  return {
    ask,
    async send(request, signal) {
      const response = await ask(request, signal);
      if (response.status >= 200 && response.status < 300) return response;
      throw failureOf({ ...response, words: clean(wordsOf(response)) });
    },
    clean,
    close: async () => dispatcher?.destroy(),
  };
}

/** Loads undici, which takes 8 MB of memory, when an engine is first asked: most workers have few remote engines. */
export const loadUndici = () => import('undici');

/** Returns the target of a redirect if the same request may be sent there; a POST needs 307 or 308. */
function redirectOf(response: Response, from: URL, method: HttpRequest['method']): URL | null {
  const location = response.headers.get('location');
  const { status } = response;
  const keepsMethod =
    status === 307 || status === 308 || (method === 'GET' && status >= 301 && status <= 303);
  return location !== null && keepsMethod && URL.canParse(location, from.href)
    ? new URL(location, from)
    : null;
}

/**
 * Reads the body as UTF-8, also when it declares another charset, without a byte order mark. The size limit counts the
 * bytes after decompression.
 */
async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBodyBytes)
      throw new DabirError('engine_failed', `the service's response is larger than ${maxBodyBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the system's code of a connection error; its message may hold an address with a secret. */
function reasonOf(thrown: unknown): string {
  for (
    let error: unknown = thrown, depth = 0;
    error instanceof Error && depth < 5;
    error = error.cause, depth += 1
  ) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return thrown instanceof Error ? thrown.name : 'unknown';
}

import { EnvHttpProxyAgent, type FormData, fetch, type RequestInit, type Response } from 'undici';
import { DabirError } from '../../domain/errors.ts';
import { failureOf } from './failures.ts';
import { withoutSecrets } from './secrets.ts';

export type HttpSettings = {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Sent with every request to the base URL's own host, and to nobody else. */
  readonly headers: Readonly<Record<string, string>>;
  /** Must appear in no message. */
  readonly secrets: readonly (string | null)[];
  /** For one request with its answer, in milliseconds. */
  readonly timeoutMs: number;
};

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  /** From the base URL on, or a whole address, which gets none of our headers unless it is on the same host. */
  readonly path: string;
  readonly json?: object;
  /** Made anew for each try. */
  readonly form?: () => Promise<FormData>;
  readonly timeoutMs?: number;
};

/** A service's answer, read to its end. */
export type HttpReply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, undefined when it is none. */
  readonly json: unknown;
};

/** A service over HTTP. */
export type HttpClient = {
  /** Rejects with a DabirError for everything but a success (2xx), or with the signal's reason at once. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
  /** The same with the answer whatever its status, for services that explain themselves in it. */
  ask(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
  /** The service's own words as a log may hold them. */
  clean(words: string): string;
  close(): Promise<void>;
};

/** More is no transcript: that of ten hours with its words is a tenth of it. Bytes. */
const mostBodyBytes = 32 * 2 ** 20;
const connectTimeoutMs = 15_000;
/** A body that stands still for so long is broken off, in milliseconds. */
const bodyStallMs = 60_000;
/** Redirects on the same host that are followed. */
const mostRedirects = 3;

/**
 * A client for one service. It goes through the proxy that HTTPS_PROXY and its kin name, and never sends what is meant
 * for the service to another host.
 */
export function createHttpClient(settings: HttpSettings): HttpClient {
  const { baseUrl, headers, secrets, timeoutMs } = settings;
  const origin = new URL(baseUrl).origin;
  // The time for an answer's first byte is our own affair: a service may work on a long recording before it speaks.
  const dispatcher = new EnvHttpProxyAgent({
    connectTimeout: connectTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: bodyStallMs,
  });
  const clean = (words: string) => withoutSecrets(words, secrets);

  const open = async (request: HttpRequest, signal: AbortSignal): Promise<Response> => {
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
      const response = await fetch(url, init);
      const next = redirectOf(response, url, request.method);
      if (next === null || next.origin !== url.origin || redirects === mostRedirects) return response;
      await response.body?.cancel();
      url = next;
    }
  };

  const ask: HttpClient['ask'] = async (request, signal) => {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
    try {
      signal.throwIfAborted();
      const response = await open(request, AbortSignal.any([signal, timeout]));
      const text = await readBody(response);
      // Node's own Headers and undici's are two classes of the same shape.
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
        throw new DabirError('engine_failed', `the service gave no answer in ${seconds} s`);
      throw new DabirError(
        'engine_failed',
        `the connection to the service broke: ${clean(reasonOf(thrown))}`,
      );
    }
  };

  return {
    ask,
    async send(request, signal) {
      const reply = await ask(request, signal);
      if (reply.status >= 200 && reply.status < 300) return reply;
      throw failureOf({ ...reply, words: clean(wordsOf(reply)) });
    },
    clean,
    close: () => dispatcher.destroy(),
  };
}

/** Where a reply leads, when the same request may be sent there; a form is repeated only where the reply says so. */
function redirectOf(response: Response, from: URL, method: HttpRequest['method']): URL | null {
  const location = response.headers.get('location');
  const { status } = response;
  const keepsMethod =
    status === 307 || status === 308 || (method === 'GET' && status >= 301 && status <= 303);
  return location !== null && keepsMethod && URL.canParse(location, from.href)
    ? new URL(location, from)
    : null;
}

/** The body as UTF-8, whatever it says of itself; a byte order mark is left out. Gzip is undone, and counted as what it becomes. */
async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBodyBytes)
      throw new DabirError('engine_failed', `the service's answer is over ${mostBodyBytes} bytes`);
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

/** What a service says about its failure: the places in which the known ones put it, else the start of the text. */
export function wordsOf({ json, text }: Pick<HttpReply, 'json' | 'text'>): string {
  const found = findWords(json);
  if (found !== undefined) return found;
  return /^\s*</.test(text) ? 'a web page' : text;
}

function findWords(json: unknown, depth = 0): string | undefined {
  if (typeof json === 'string') return json;
  if (typeof json !== 'object' || json === null || depth > 4) return undefined;
  const record = json as Record<string, unknown>;
  for (const name of ['error', 'detail', 'message', 'data', 'errors', 'Status', '0', 'msg', 'aiResponse']) {
    const words = Object.hasOwn(record, name) ? findWords(record[name], depth + 1) : undefined;
    if (words !== undefined) return words;
  }
  return undefined;
}

/** The system's name for what happened to a connection; its own words may hold an address with a secret. */
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

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a service reads it. */
export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Text fields of a form, each with all its values. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** The file of a form. */
  readonly file: {
    readonly field: string;
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
    /** SHA-256 of its bytes. */
    readonly digest: string;
  } | null;
  readonly json: unknown;
};

export type Reply = {
  readonly status: number;
  /** An object is sent as JSON, a text as it is. */
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A deviation of a service from its normal answer. */
export type Oddity = (exchange: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The normal answer. */
  readonly answer: Reply;
}) => unknown;

/**
 * A paid service on this machine: it checks its requests as the real one does, and can be made to behave
 * oddly.
 */
export type Service = {
  readonly url: string;
  /** All requests in order, as `POST /path` or as `stepOf` names them. */
  readonly steps: string[];
  /** Number of times each file was uploaded, by its digest: each time is paid. */
  readonly uploads: ReadonlyMap<string, number>;
  /** Sets the oddity for each request of this step from now on; null removes it. */
  odd(step: string | null, oddity?: Oddity): void;
  close(): Promise<void>;
};

/** A refusal as the real service words it. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(JSON.stringify(reply));
    this.reply = reply;
  }
}

/**
 * @param stepOf names a request, for the list of steps and for oddities
 * @param answer the service itself; a Refusal that it throws is its reply
 */
export async function startService(
  stepOf: (request: Received) => string,
  answer: (request: Received) => Reply,
): Promise<Service> {
  const steps: string[] = [];
  const uploads = new Map<string, number>();
  let odd: { step: string; oddity: Oddity } | null = null;
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void read(request).then(
      async (received) => {
        const step = stepOf(received);
        steps.push(step);
        if (received.file !== null)
          uploads.set(received.file.digest, (uploads.get(received.file.digest) ?? 0) + 1);
        const reply = await replyOf(answer, received);
        if (odd !== null && (odd.step === step || odd.step === '*'))
          await odd.oddity({ request, response, answer: reply });
        else send(response, reply);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    steps,
    uploads,
    odd(step, oddity) {
      odd = step === null || oddity === undefined ? null : { step, oddity };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function replyOf(answer: (request: Received) => Reply, received: Received): Promise<Reply> {
  try {
    return answer(received);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.reply;
    throw refusal;
  }
}

/** Sends a reply without deviations. */
export function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(text);
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://service');
  const type = request.headers['content-type'] ?? '';
  const fields = new Map<string, string[]>();
  let file: Received['file'] = null;
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === 'string') fields.set(name, [...(fields.get(name) ?? []), value]);
      else {
        const digest = createHash('sha256')
          .update(await value.bytes())
          .digest('hex');
        file = { field: name, name: value.name, type: value.type, bytes: value.size, digest };
      }
    }
  }
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers as Received['headers'],
    fields,
    file,
    json: type.startsWith('application/json') ? JSON.parse(body.toString()) : undefined,
  };
}

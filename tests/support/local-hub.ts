import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelManifest } from '../../src/engines/local/model-manifest.ts';

export const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const gitBlob = (content: Buffer) =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

/** The files of a model, of random bytes. */
export const modelFiles: Readonly<Record<string, Buffer>> = {
  'config.json': Buffer.from('{"alignment_heads": []}'),
  'tokenizer.json': randomBytes(2_000),
  'vocabulary.txt': randomBytes(3_000),
  'model.bin': randomBytes(300_000),
};

/** Returns the model's manifest; with `known` false, sizes and hashes come from the hub. */
export function manifestOf(known = true): ModelManifest {
  return {
    name: 'tiny',
    repository: 'people/a-model',
    revision: 'c0ffee',
    files: Object.entries(modelFiles).map(([name, content]) => ({
      name,
      bytes: known ? content.length : null,
      sha256: known ? sha256(content) : null,
    })),
  };
}

type Behaviour = {
  /** False: always sends whole files. */
  ranges: boolean;
  /** Cuts model.bin off after this number of bytes, once. */
  cutAfter: number | null;
  /** Whether it announces a file's hash, as the real hub does. */
  announces: 'as the hub' | 'nothing';
  /** Name of a file that is sent with other bytes of the same length. */
  wrong: string | null;
  status: number;
  /** `no answer` accepts connections and is silent; `stalls` falls silent in the middle of model.bin. */
  hangs: 'no answer' | 'stalls' | null;
};

/**
 * Starts a Hugging Face hub on this machine: large files (`model.bin`) are announced in a redirect and sent
 * from another path, small ones are sent directly with a git blob's hash. Its behaviour can be changed
 * between requests.
 */
export async function startHub(): Promise<
  Behaviour & { address: string; requests: string[]; close(): Promise<void> }
> {
  const behaviour: Behaviour = {
    ranges: true,
    cutAfter: null,
    announces: 'as the hub',
    wrong: null,
    status: 200,
    hangs: null,
  };
  const requests: string[] = [];
  const hub = Object.assign(behaviour, {
    address: '',
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  const server = createServer((request, response) => answer(hub, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hub.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return hub;
}

function answer(
  hub: Behaviour & { requests: string[] },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = '', url = '', headers } = request;
  hub.requests.push(`${method} ${url}${headers.range ? ` ${headers.range}` : ''}`);
  if (hub.hangs === 'no answer') return;
  const [, place, name = ''] = /^\/(people\/a-model\/resolve\/c0ffee|storage)\/([\w.]+)$/.exec(url) ?? [];
  const right = modelFiles[name];
  if (hub.status !== 200 || right === undefined || place === undefined) {
    response.writeHead(hub.status === 200 ? 404 : hub.status).end('Entry not found');
    return;
  }
  const content = hub.wrong === name ? Buffer.from(right).fill(0, 0, 10) : right;
  const tells = hub.announces === 'as the hub';
  if (name === 'model.bin' && place !== 'storage') {
    const announced = tells
      ? { 'x-linked-size': right.length, 'x-linked-etag': `"${sha256(right)}"`, etag: '"of the redirect"' }
      : {};
    response.writeHead(302, { location: `/storage/${name}`, ...announced }).end('Moved');
    return;
  }
  const etag = tells && place !== 'storage' ? { etag: `W/"${gitBlob(right)}"` } : {};
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  if (from >= content.length) {
    response.writeHead(416).end();
    return;
  }
  const goesOn = hub.ranges && headers.range !== undefined;
  const body = goesOn ? content.subarray(from) : content;
  const range = goesOn ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {};
  response.writeHead(goesOn ? 206 : 200, { ...etag, ...range, 'content-length': body.length });
  if (method === 'HEAD') return void response.end();
  if (name === 'model.bin' && hub.hangs === 'stalls') return void response.write(body.subarray(0, 1_000));
  if (name === 'model.bin' && hub.cutAfter !== null) {
    const part = body.subarray(0, hub.cutAfter);
    hub.cutAfter = null;
    response.write(part, () => setTimeout(() => response.destroy(), 50));
    return;
  }
  response.end(body);
}

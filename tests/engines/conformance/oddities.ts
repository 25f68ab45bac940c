import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Oddity, type Reply, send } from '../../support/services/service.ts';

const bytesOf = ({ body }: Reply) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

/** Always sends this reply. */
export const says =
  (
    status: number,
    body: object | string = { error: { message: 'no' } },
    headers: Record<string, string> = {},
  ): Oddity =>
  ({ response }) =>
    send(response, { status, body, headers });

/** Sends a byte now and then, for ever. */
export const drips: Oddity = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Accepts the request and never answers. */
export const hangs: Oddity = () => undefined;

/** Sends half of the answer, then cuts the connection. */
export const cuts: Oddity = ({ response, answer }) => {
  const bytes = bytesOf(answer);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
};

/** Cuts the connection without an answer. */
export const hangsUp: Oddity = ({ request }) => request.socket.destroy();

/** Sends the right answer, compressed. */
export const packs: Oddity = ({ response, answer }) => {
  response.writeHead(answer.status, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(gzipSync(bytesOf(answer)));
};

/**
 * Writes blocks until `blocks` are written or the client has gone.
 * @returns the number of accepted blocks
 */
async function flood(response: ServerResponse, block: Buffer, blocks: number): Promise<number> {
  const closed = once(response, 'close');
  let taken = 0;
  while (taken < blocks && !response.destroyed) {
    taken += 1;
    if (!response.write(block)) await Promise.race([drained(response), closed]);
  }
  if (!response.destroyed) response.end();
  return taken;
}

const drained = (response: ServerResponse) => new Promise<void>((resolve) => response.once('drain', resolve));

/**
 * Sends a gigabyte.
 * @param told gets the number of megabytes that were accepted
 */
export const aGigabyte =
  (told: (megabytes: number) => void): Oddity =>
  async ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    told(await flood(response, Buffer.alloc(2 ** 20, ' '), 1024));
  };

/** Sends a gigabyte that is compressed to one megabyte. */
export const aGigabytePacked: Oddity = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(packedGigabyte());
};

let packed: Buffer | undefined;
/** Returns the same 64 MB sixteen times, since gzip allows several members in a row. */
function packedGigabyte(): Buffer {
  packed ??= Buffer.concat(Array(16).fill(gzipSync(Buffer.alloc(64 * 2 ** 20))));
  return packed;
}

/**
 * Send the right answer in another form: with a byte order mark, with a wrong charset in its header, with
 * more fields.
 */
export const withMark: Oddity = ({ response, answer }) =>
  response
    .writeHead(answer.status, { 'content-type': 'application/json' })
    .end(Buffer.concat([Buffer.from('\ufeff'), bytesOf(answer)]));
export const withWrongEncoding: Oddity = ({ response, answer }) =>
  response
    .writeHead(answer.status, { 'content-type': 'application/json; charset=iso-8859-1' })
    .end(bytesOf(answer));
export const withMore: Oddity = ({ response, answer }) =>
  send(response, {
    ...answer,
    body:
      typeof answer.body === 'string'
        ? answer.body
        : { ...answer.body, x_new: [{ field: 1 }], __proto__x: null },
  });
/** Sends the right answer with a clock that is a day behind. */
export const yesterday: Oddity = ({ response, answer }) =>
  send(response, { ...answer, headers: { date: new Date(Date.now() - 86_400_000).toUTCString() } });

/** Sends 429 with a date five seconds after its own clock, which is an hour ahead. */
export const busyByItsClock: Oddity = ({ response }) => {
  const now = Date.now() + 3_600_000;
  send(response, {
    status: 429,
    body: { error: { message: 'slow down' } },
    headers: { date: new Date(now).toUTCString(), 'retry-after': new Date(now + 5_000).toUTCString() },
  });
};

/** What a service might return after a change: fields that nobody knows. */
export const newForm = { outcome: { state: 'done', sentences: ['سلام'] } };

/** Ten thousand brackets where the text should be. */
export const deepJson = `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)},"Status":${'['.repeat(10_000)}${']'.repeat(10_000)},"id":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`;

import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { runPlayground } from '../../packages/telegram-playground/tests/running-playground.ts';
import { createHealthRoutes } from '../../src/web/health.ts';
import { servedHere } from '../support/web.ts';
import { sendRaw } from './malformed/raw-request.ts';

/** A second request, hidden where another server may see the body of the first. */
const hidden = 'GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';

const ambiguous = [
  ['two lengths of a body', `content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['two different numbers', `content-length: 0\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`],
  ['chunks that are not the last encoding', `transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
  ['an encoding that looks like chunks', `transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a blank before the colon', `transfer-encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a folded header', `x: a\r\n b\r\ncontent-length: 0\r\n\r\n${hidden}`],
  ['a header that ends in one character', `x: a\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a length of a chunk with a sign', `transfer-encoding: chunked\r\n\r\n+0\r\n\r\n${hidden}`],
] as const;

const servers = {
  'the web side': () => servedHere(createHealthRoutes({})),
  'the playground': async () => (await runPlayground()).playground.url,
};
const portOf = (url: string) => Number(new URL(url).port);

describe.each(Object.entries(servers))('%s', (_name, serve) => {
  let port: number;
  beforeEach(async () => {
    port = portOf(await serve());
  });

  test.each(ambiguous)('an HTTP server reads nothing behind %s', async (_case, rest) => {
    const request = `POST /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n${rest}`;
    expect((await sendRaw(port, Buffer.from(request))).statuses).toEqual([400]);
  });
});

test('the web side and the playground limit the time for sending a header', async () => {
  const urls = await Promise.all(Object.values(servers).map((serve) => serve()));
  const answers = urls.map(async (url) => {
    const socket = connect(portOf(url), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n');
    const dawdling = setInterval(() => socket.write('x: y\r\n'), 500);
    const answer = await text(socket);
    clearInterval(dawdling);
    return answer;
  });
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

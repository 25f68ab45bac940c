import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { Api, HttpError, InputFile } from 'grammy';
import { afterEach, expect, test } from 'vitest';
import { httpFetch } from '../../src/lib/http-fetch.ts';

const token = '1:secret';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Starts a Bot API whose answers the test writes, and returns a client of it. */
async function botApi(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const connections = new Set<unknown>();
  const server = createServer(answer).on('connection', (socket) => connections.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const api = new Api(token, {
    apiRoot: `http://127.0.0.1:${port}`,
    fetch: httpFetch,
    timeoutSeconds: 1,
  });
  return { api, connections };
}

const ok = (response: ServerResponse) =>
  response.end(JSON.stringify({ ok: true, result: { message_id: 7, text: 'سلام' } }));

test('calls one after the other share a connection, and their JSON has a length', async () => {
  const seen: { length: string | undefined; body: string }[] = [];
  const { api, connections } = await botApi(async (request, response) => {
    seen.push({ length: request.headers['content-length'], body: await text(request) });
    ok(response);
  });

  expect(await api.sendMessage(1, 'سلام')).toMatchObject({ message_id: 7, text: 'سلام' });
  await api.sendMessage(1, 'سلام');

  const body = '{"chat_id":1,"text":"سلام"}';
  expect(seen).toEqual([
    { length: String(Buffer.byteLength(body)), body },
    { length: String(Buffer.byteLength(body)), body },
  ]);
  expect(connections.size).toBe(1);
});

test('a file is streamed as a multipart body', async () => {
  const file = Buffer.alloc(300_000, 'pdf');
  let received = Buffer.alloc(0);
  let type = '';
  const { api } = await botApi(async (request, response) => {
    type = request.headers['content-type'] ?? '';
    received = await buffer(request);
    ok(response);
  });

  await api.sendDocument(1, new InputFile(file, 'a.pdf'));

  expect(type).toMatch(/^multipart\/form-data; boundary=/);
  expect(received.includes(file)).toBe(true);
});

test('a file that cannot be read rejects the call', async () => {
  const { api } = await botApi((request) => request.resume());
  async function* failing() {
    yield Buffer.from('first');
    throw new Error('the disk is gone');
  }

  await expect(api.sendDocument(1, new InputFile(failing(), 'a.pdf'))).rejects.toThrow(HttpError);
});

test.each([
  [
    'a response that is cut short',
    (response: ServerResponse) => response.write('{"ok":true,') && response.destroy(),
  ],
  [
    'an error page of a proxy',
    (response: ServerResponse) => response.writeHead(502).end('<html>Bad gateway</html>'),
  ],
  ['a connection that is closed', (response: ServerResponse) => response.destroy()],
  ['no response within the time limit', () => undefined],
])('%s rejects, and the message is without the token', async (_, answer) => {
  const { api } = await botApi((request, response) => {
    request.resume().on('end', () => answer(response));
  });

  const error = await api.sendMessage(1, 'سلام').catch((failure: unknown) => failure);

  expect(error).toBeInstanceOf(HttpError);
  expect(String(error)).not.toContain(token);
});

test('an error of Telegram keeps its code and its time to wait', async () => {
  const { api } = await botApi((request, response) => {
    request.resume();
    response.writeHead(429).end(
      JSON.stringify({
        ok: false,
        error_code: 429,
        description: 'Too Many',
        parameters: { retry_after: 3 },
      }),
    );
  });

  await expect(api.sendMessage(1, 'سلام')).rejects.toMatchObject({
    error_code: 429,
    parameters: { retry_after: 3 },
  });
});

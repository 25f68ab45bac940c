// The fault numbers in titles are those of docs/faults.md.

import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { createWebhookRoutes } from '../../src/web/webhook.ts';
import { servedHere } from '../support/web.ts';

const secret = 'a-secret-that-nobody-else-can-tell';
let received: { update_id: number }[];
let becomes: 'handled' | 'later';
let address: string;

beforeEach(async () => {
  received = [];
  becomes = 'handled';
  const origin = await servedHere(
    createWebhookRoutes({
      path: '/telegram',
      secret,
      async receive(update) {
        received.push(update);
        return becomes;
      },
    }),
  );
  address = `${origin}/telegram`;
});

/** Sends a delivery as Telegram makes it, except where the parameters differ. */
function deliver({
  headers = {},
  body = JSON.stringify({ update_id: 7, message: {} }),
  method = 'POST',
}: {
  headers?: Record<string, string>;
  body?: string;
  method?: string;
} = {}): Promise<Response> {
  return fetch(address, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': secret,
      ...headers,
    },
    ...(method !== 'GET' && { body }),
  });
}

test('an update at the webhook is accepted, and answered with 200 once it is safe', async () => {
  expect((await deliver()).status).toBe(200);
  expect(received).toEqual([{ update_id: 7, message: {} }]);
});

test('an update at the webhook that is not safe yet is asked for again', async () => {
  becomes = 'later';
  const response = await deliver();
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
});

describe('fault 26: a request without the secret, or with a wrong one,', () => {
  test.each([
    ['none', {}],
    ['an empty one', { 'x-telegram-bot-api-secret-token': '' }],
    ['a wrong one', { 'x-telegram-bot-api-secret-token': `${secret}!` }],
    ['a part of the secret', { 'x-telegram-bot-api-secret-token': secret.slice(0, -1) }],
  ])(
    'fault 26: a request without the secret, or with a wrong one, gets 401, and no update is accepted (%s)',
    async (_name, headers) => {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"update_id":1}',
      });
      expect(response.status).toBe(401);
      expect(received).toEqual([]);
    },
  );

  test('fault 26: a request without the secret, or with a wrong one, is refused before its body has come, so that it cannot make the bot read', async () => {
    const { port } = new URL(address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /telegram HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n{"upd',
    );
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(data.toString())),
    );
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });
});

test.each([
  ['invalid JSON', { body: 'update_id=7' }, 400],
  ['JSON other than an update', { body: '[]' }, 400],
  ['an update without a number', { body: '{"update_id":"7"}' }, 400],
  ['an invalid number', { body: '{"update_id":1.5}' }, 400],
  ['another content type', { headers: { 'content-type': 'text/plain' } }, 415],
  ['a body of more than 1 MB', { body: `{"update_id":7,"a":"${'a'.repeat(1_000_000)}"}` }, 413],
  ['another method', { method: 'PUT' }, 405],
  ['the method GET', { method: 'GET' }, 405],
])('a request to the webhook with %s is refused', async (_name, delivery, status) => {
  expect((await deliver(delivery)).status).toBe(status);
  expect(received).toEqual([]);
});

test('a body at the webhook without a declared length is cut off at 1 MB', async () => {
  const { port } = new URL(address);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST /telegram HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-telegram-bot-api-secret-token: ${secret}\r\n` +
      'content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  const chunk = 'a'.repeat(65_536);
  for (let sent = 0; sent < 2_000_000; sent += chunk.length) socket.write(`10000\r\n${chunk}\r\n`);
  socket.on('error', () => undefined);
  expect(await text(socket).catch(() => 'HTTP/1.1 413 cut off')).toMatch(/^HTTP\/1\.1 413 /);
  expect(received).toEqual([]);
});

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, truncate } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  afterThisTest,
  runPlayground,
  sara,
  temporaryFolder,
  token,
} from '../../packages/telegram-playground/tests/running-playground.ts';
import { createAudioSource } from '../../src/telegram/audio-source.ts';
import { RateLimiter } from '../../src/telegram/rate-limiter.ts';
import { until } from '../support/until.ts';

const rateLimiter = new RateLimiter({ isLimited: true });
const content = randomBytes(3_000_000);
const never = new AbortController().signal;
const patience = { stallMs: 60_000, pausesMs: [10, 10, 10] };
const limitBytes = 10_000_000;

/** Starts a playground with one file; returns a function that downloads it. */
async function oneFile({ isLocal = false, bytes = content, limit = limitBytes } = {}) {
  const { playground, api, person } = await runPlayground(undefined, { isLocal });
  const message = await person.sends(sara, bytes, { kind: 'document', name: 'speech.bin' });
  const source = createAudioSource({ token, apiRoot: playground.apiRoot, rateLimiter }, limit, patience);
  const file = { fileId: message.document?.file_id ?? '', fileSize: null };
  const at = join(await temporaryFolder(), 'original');
  return { playground, api, source, file, at };
}

const downloads = (requests: readonly { range: string | undefined }[]) => requests.map(({ range }) => range);

describe('a download from the playground', () => {
  test.each([false, true])(
    'a download from the playground gives the whole file (--local: %s)',
    async (isLocal) => {
      const { source, file, at, api } = await oneFile({ isLocal });
      await source.download(file, at, never);
      expect((await readFile(at)).equals(content)).toBe(true);
      const { file_path } = await api.getFile(file.fileId);
      // The server keeps its own copy.
      if (isLocal) expect(existsSync(file_path ?? '')).toBe(true);
    },
  );

  test('a download from the playground resumes where the connection broke, repeatedly', async () => {
    const { playground, source, file, at } = await oneFile();
    // Three million bytes in four attempts.
    playground.faults.set('download', { kind: 'cut', bytes: 800_000 });
    await source.download(file, at, never);
    expect((await readFile(at)).equals(content)).toBe(true);
  });

  test('a download from the playground fails as retryable when the connection breaks too often', async () => {
    const { playground, source, file, at } = await oneFile();
    playground.faults.set('download', { kind: 'cut', bytes: 0 });
    const failure = { code: 'download_failed', retryable: true };
    await expect(source.download(file, at, never)).rejects.toMatchObject(failure);
    playground.faults.set('download', { kind: 'drop' });
    await expect(source.download(file, at, never)).rejects.toMatchObject(failure);
  });

  test('a download from the playground is retried when the server is busy, and not when the file is unknown', async () => {
    const { playground, source, file, at } = await oneFile();
    playground.faults.set('download', { kind: 'status', status: 502 }, 3);
    await source.download(file, at, never);
    expect((await readFile(at)).equals(content)).toBe(true);
    playground.faults.set('download', { kind: 'status', status: 404 }, 1);
    await expect(source.download(file, at, never)).rejects.toMatchObject({ code: 'file_unavailable' });
  });

  test('a download from the playground is given up when the server goes silent', async () => {
    const { playground, file, at } = await oneFile();
    const impatient = { stallMs: 50, pausesMs: [] };
    const source = createAudioSource(
      { token, apiRoot: playground.apiRoot, rateLimiter },
      limitBytes,
      impatient,
    );
    playground.faults.set('download', { kind: 'hang' });
    await expect(source.download(file, at, never)).rejects.toMatchObject({ code: 'download_failed' });
  });

  test.each([false, true])(
    'a download from the playground does not fetch a file that is too large (--local: %s)',
    async (isLocal) => {
      const { source, file, at } = await oneFile({ isLocal, limit: 2_000_000 });
      const failure = { code: 'file_too_large', details: { limitMegabytes: 2 } };
      await expect(source.download(file, at, never)).rejects.toMatchObject(failure);
      await expect(source.download({ ...file, fileSize: 2_000_001 }, at, never)).rejects.toMatchObject(
        failure,
      );
      expect(existsSync(at)).toBe(false);
    },
  );

  test('a download from the playground of more than 20 MB needs a Bot API server of one’s own', async () => {
    const bytes = Buffer.alloc(21 * 2 ** 20, 7);
    const limit = 2_000 * 2 ** 20;
    const open = await oneFile({ bytes, limit });
    await expect(open.source.download(open.file, open.at, never)).rejects.toMatchObject({
      code: 'file_too_large',
      details: { limitMegabytes: 20 },
    });
    const local = await oneFile({ bytes, limit, isLocal: true });
    await local.source.download(local.file, local.at, never);
    expect((await readFile(local.at)).equals(bytes)).toBe(true);
  });

  test('a download from the playground with --local fails for a file that has become shorter, or is not on this machine', async () => {
    const { api, source, file, at } = await oneFile({ isLocal: true });
    const { file_path = '' } = await api.getFile(file.fileId);
    await truncate(file_path, 1_000);
    await expect(source.download(file, at, never)).rejects.toMatchObject({ code: 'download_failed' });
  });

  test('a download from the playground stops on abort with its reason', async () => {
    const { playground, source, file, at } = await oneFile();
    playground.faults.set('download', { kind: 'hang' });
    const abort = new AbortController();
    const reason = new Error('cancelled by the user');
    const outcome = expect(source.download(file, at, abort.signal)).rejects.toBe(reason);
    await until(() => playground.calls().length === 1);
    abort.abort(reason);
    await outcome;
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Starts a Bot API server that names `file_path`, and serves the file with these responses, one per request.
 */
async function oddServer(file: { file_path: string; file_size?: number }, ...answers: Answer[]) {
  const requests: { url: string; range: string | undefined; ifRange: string | undefined }[] = [];
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/getFile') === true) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, result: { file_id: 'x', file_unique_id: 'y', ...file } }));
      return;
    }
    const { range, 'if-range': ifRange } = request.headers;
    requests.push({ url: request.url ?? '', range, ifRange: ifRange?.toString() });
    answers[requests.length - 1]?.(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterThisTest(() => {
    server.closeAllConnections();
    server.close();
  });
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = join(await temporaryFolder(), 'original');
  const source = createAudioSource({ token, apiRoot, rateLimiter }, 1_000, patience);
  return { requests, at, download: () => source.download({ fileId: 'x', fileSize: null }, at, never) };
}

const part = (bytes: string, headers: Record<string, string> = {}, status = 200): Answer => {
  return (_, response) => void response.writeHead(status, headers).end(bytes);
};
/** Announces more than it sends. */
const cutOff = (bytes: string, headers: Record<string, string> = {}): Answer => {
  return (_, response) => {
    response.writeHead(200, { 'content-length': '100', ...headers }).write(bytes);
    setTimeout(() => response.destroy(), 50);
  };
};
const named = { file_path: 'voice/file_1.oga', file_size: 10 };

describe('a download from an odd server', () => {
  test('a download from an odd server starts again when the server does not support ranges', async () => {
    const { requests, at, download } = await oddServer(named, cutOff('01234'), part('0123456789'));
    await download();
    expect(await readFile(at, 'latin1')).toBe('0123456789');
    expect(downloads(requests)).toEqual([undefined, 'bytes=5-']);
  });

  test('a download from an odd server does not mix two versions of the file', async () => {
    const { requests, at, download } = await oddServer(
      named,
      cutOff('01234', { etag: '"one"' }),
      part('abcdefghij', { etag: '"two"' }),
    );
    await download();
    expect(await readFile(at, 'latin1')).toBe('abcdefghij');
    expect(requests[1]).toMatchObject({ range: 'bytes=5-', ifRange: '"one"' });
  });

  test('a download from an odd server discards a range that was not requested', async () => {
    const { requests, at, download } = await oddServer(
      named,
      cutOff('01234'),
      part('3456789', { 'content-range': 'bytes 3-9/10' }, 206),
      part('0123456789'),
    );
    await download();
    expect(await readFile(at, 'latin1')).toBe('0123456789');
    expect(downloads(requests)).toEqual([undefined, 'bytes=5-', undefined]);
  });

  test('a download from an odd server takes 416 as complete, or as another file', async () => {
    const none = { 'content-range': 'bytes */10' };
    const all = await oddServer(named, cutOff('0123456789'), part('', none, 416));
    await all.download();
    expect(await readFile(all.at, 'latin1')).toBe('0123456789');
    const other = await oddServer(
      named,
      cutOff('01234'),
      part('', { 'content-range': 'bytes */3' }, 416),
      part('0123456789'),
    );
    await other.download();
    expect(await readFile(other.at, 'latin1')).toBe('0123456789');
  });

  test('a download from an odd server does not accept a file that is shorter than announced', async () => {
    const short = part('01234');
    const { download, requests } = await oddServer(named, short, short, short, short);
    await expect(download()).rejects.toMatchObject({ code: 'download_failed' });
    expect(downloads(requests)).toEqual([undefined, 'bytes=5-', 'bytes=5-', 'bytes=5-']);
  });

  test('a download from an odd server stops at the limit when more comes than was announced', async () => {
    const endless: Answer = (_, response) => void response.writeHead(200).end('x'.repeat(100_000));
    const { download } = await oddServer(named, endless);
    await expect(download()).rejects.toMatchObject({ code: 'file_too_large' });
  });

  test('a download from an odd server opens no other path of the server, and no device of this machine', async () => {
    const climbing = await oddServer({ file_path: '../../secrets' });
    await expect(climbing.download()).rejects.toMatchObject({ code: 'file_unavailable' });
    const address = await oddServer({ file_path: 'file:///etc/passwd' }, part('', {}, 404));
    await expect(address.download()).rejects.toMatchObject({ code: 'file_unavailable' });
    expect(address.requests.map(({ url }) => url)).toEqual([`/file/bot${token}/file%3A///etc/passwd`]);
    const device = await oddServer({ file_path: process.platform === 'win32' ? 'C:\\' : '/dev/zero' });
    await expect(device.download()).rejects.toMatchObject({ code: 'file_unavailable' });
    expect([...climbing.requests, ...device.requests]).toEqual([]);
  });

  test('a download from an odd server repeats the token in no error', async () => {
    for (const answer of [cutOff('01'), part('', {}, 403), part('', {}, 500), part('', {}, 404)]) {
      const { download } = await oddServer(named, answer, answer, answer, answer);
      const error = await download().catch((thrown: Error) => thrown);
      expect(error).toBeInstanceOf(Error);
      for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
        expect(`${cause.message} ${cause.stack}`).not.toContain(token);
      }
    }
  });
});

test('a call and the download after it use one connection', async () => {
  const { playground, file, at } = await oneFile();
  const connections = new Set<unknown>();
  const proxy = createServer(async ({ url = '', method = 'GET', socket, headers }, response) => {
    connections.add(socket);
    const type = headers['content-type'];
    const answer = await fetch(`${playground.apiRoot}${url}`, {
      method,
      ...(method === 'POST' && { body: JSON.stringify({ file_id: file.fileId }) }),
      headers: type === undefined ? {} : { 'content-type': type },
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  afterThisTest(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const { port } = proxy.address() as AddressInfo;
  const through = createAudioSource(
    { token, apiRoot: `http://127.0.0.1:${port}`, rateLimiter },
    limitBytes,
    patience,
  );
  await through.download(file, at, never);
  await through.download(file, at, never);
  expect((await readFile(at)).equals(content)).toBe(true);
  expect(connections.size).toBe(1);
});

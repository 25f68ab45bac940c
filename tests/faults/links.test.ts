// The fault numbers in titles are those of docs/faults.md.

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import type { RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type LinkRules, publicWeb } from '../../src/features/links/address/rules.ts';
import { startGuardingProxy } from '../../src/features/links/fetch/guarding-proxy.ts';
import { createLinkSource } from '../../src/features/links/fetch/link-source.ts';
import { startLinkServer, testWeb } from '../support/link-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const never = new AbortController().signal;
const settings = { isOn: true, limitBytes: 1_000_000, maxDurationSeconds: 3600, ytDlp: null };

/** Returns a function that fetches a link under these rules; `at` is its base URL. */
async function fetcher(rules: LinkRules, more: Partial<typeof settings> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dabir-links-'));
  const source = createLinkSource({ ...settings, ...more }, rules);
  cleanups.push(
    () => source.close(),
    () => rm(folder, { recursive: true, force: true }),
  );
  const at = join(folder, 'original');
  const progress: number[] = [];
  const fetch = (link: string, signal = never) =>
    source.download({ id: 1, fileId: link, fileSize: null }, at, signal, (fraction) =>
      progress.push(fraction),
    );
  return { fetch, at, progress };
}

async function server(answer: RequestListener, where: { host?: string; port?: number } = {}) {
  const started = await startLinkServer(answer, where);
  cleanups.push(() => started.close());
  return started;
}

const audio = (response: ServerResponse, headers = {}) =>
  void response.writeHead(200, { 'content-type': 'audio/mpeg', ...headers }).end('sound');

describe('fault 23: a link never leads into an internal network:', () => {
  test.each([
    'http://127.0.0.1/a.mp3',
    'http://localhost/a.mp3',
    'http://[::1]/a.mp3',
    'http://10.1.2.3/a.mp3',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/latest/meta-data/',
    'http://2130706433/a.mp3',
    'http://user:password@example.com/a.mp3',
    'http://example.com:6379/',
    'file:///etc/passwd',
  ])('fault 23: a link to %s is refused by the default rules', async (link) => {
    const { fetch, at } = await fetcher(publicWeb);
    await expect(fetch(link)).rejects.toMatchObject({ code: 'link_refused' });
    expect(existsSync(at)).toBe(false);
  });

  test('fault 23: a host name with an internal address is refused before any connection', async () => {
    const inside = await server((_, response) => audio(response), { host: '127.0.0.2' });
    const { fetch } = await fetcher(testWeb({ 'intranet.example': () => '127.0.0.2' }));
    await expect(fetch(`http://intranet.example:${inside.port}/a.mp3`)).rejects.toMatchObject({
      code: 'link_refused',
      retryable: false,
    });
    expect(inside.asked).toEqual([]);
  });

  test('fault 23: a host name with one internal address among others is refused', async () => {
    const rules: LinkRules = {
      ...testWeb(),
      resolve: async () => [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.2', family: 4 },
      ],
    };
    const outside = await server((_, response) => audio(response));
    const { fetch } = await fetcher(rules);
    await expect(fetch(`http://both.example:${outside.port}/a.mp3`)).rejects.toMatchObject({
      code: 'link_refused',
    });
    expect(outside.asked).toEqual([]);
  });

  test.each([301, 302, 303, 307, 308])(
    'fault 23: a redirect (%s) to an internal address is refused',
    async (status) => {
      const inside = await server((_, response) => audio(response), { host: '127.0.0.2' });
      const outside = await server((_, response) =>
        response.writeHead(status, { location: `http://127.0.0.2:${inside.port}/secret` }).end(),
      );
      const { fetch } = await fetcher(testWeb({ 'a.example': () => '127.0.0.1' }));
      await expect(fetch(`http://a.example:${outside.port}/a.mp3`)).rejects.toMatchObject({
        code: 'link_refused',
      });
      expect(inside.asked).toEqual([]);
    },
  );

  test('fault 23: a host name that resolves differently the second time (DNS rebinding) gains nothing', async () => {
    const outside = await server((request, response) =>
      request.url === '/a.mp3' ? response.writeHead(302, { location: '/b.mp3' }).end() : audio(response),
    );
    const inside = await server((_, response) => audio(response), { host: '127.0.0.2', port: outside.port });
    let asked = 0;
    const rebinding = () => (asked++ === 0 ? '127.0.0.1' : '127.0.0.2');
    const { fetch } = await fetcher(testWeb({ 'rebind.example': rebinding }));
    await expect(fetch(`http://rebind.example:${outside.port}/a.mp3`)).rejects.toMatchObject({
      code: 'link_refused',
    });
    expect(outside.asked).toEqual(['GET /a.mp3']);
    expect(inside.asked).toEqual([]);
    // Each connection went to the address that had just been checked, and nothing was resolved twice for one.
    expect(asked).toBe(2);
  });

  test('fault 23: the proxy for programs that fetch pages reaches no internal address either', async () => {
    const inside = await server((_, response) => audio(response), { host: '127.0.0.2' });
    const outside = await server((_, response) => audio(response));
    const proxy = await startGuardingProxy(
      testWeb({ 'in.example': () => '127.0.0.2', 'a.example': () => '127.0.0.1' }),
    );
    cleanups.push(() => proxy.close());
    const { port, username, password } = new URL(proxy.url);
    const login = `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}\r\n`;
    const ask = async (line: string, header = login) => {
      const socket = connect(Number(port), '127.0.0.1');
      cleanups.push(() => socket.destroy());
      socket.write(`${line} HTTP/1.1\r\nHost: x\r\n${header}Connection: close\r\n\r\n`);
      const [answer] = await once(socket, 'data');
      return String(answer).split('\r\n')[0];
    };
    expect(await ask(`CONNECT in.example:${inside.port}`)).toContain('502');
    expect(await ask(`CONNECT 127.0.0.2:${inside.port}`)).toContain('403');
    expect(await ask('CONNECT a.example:22')).toContain('403');
    expect(await ask(`GET http://127.0.0.2:${inside.port}/a`)).toContain('403');
    expect(await ask(`GET http://in.example:${inside.port}/a`)).toContain('502');
    expect(await ask(`CONNECT a.example:${outside.port}`, '')).toContain('407');
    expect(await ask(`GET http://a.example:${outside.port}/a`, '')).toContain('407');
    expect(inside.asked).toEqual([]);
    expect(await ask(`CONNECT a.example:${outside.port}`)).toContain('200');
    expect(await ask(`GET http://a.example:${outside.port}/a`)).toContain('200');
    expect(outside.asked).toEqual(['GET /a']);
  });
});

describe('a file behind a link', () => {
  const rules = testWeb({ 'a.example': () => '127.0.0.1' });

  test('a file behind a link arrives whole, under the name that its server or the link gives it', async () => {
    const names = [
      'filename="talk.mp3"',
      "filename=x; filename*=UTF-8''%D8%B3%D9%84%D8%A7%D9%85.mp3",
      'filename=../../evil.mp3',
      '',
    ];
    const { port } = await server((request, response) =>
      audio(response, { 'content-disposition': `attachment; ${names[Number(request.url?.at(-1))]}` }),
    );
    const { fetch, at } = await fetcher(rules);
    const link = `http://a.example:${port}/own%20name.mp3?n=`;
    const found = [];
    for (const index of names.keys()) found.push(await fetch(`${link}${index}`));
    expect(found).toEqual(['talk.mp3', 'سلام.mp3', 'evil.mp3', 'own name.mp3']);
    expect(await readFile(at, 'utf8')).toBe('sound');
  });

  test.each<readonly [string, string, RequestListener]>([
    [
      'is larger than it may be, and says so',
      'link_too_large',
      (_, response) => audio(response, { 'content-length': 2_000_000 }),
    ],
    [
      'is larger than it may be, and does not say so',
      'link_too_large',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'audio/mpeg' });
        const more = () => response.write(Buffer.alloc(100_000)) && setImmediate(more);
        response.on('drain', more).on('error', () => undefined);
        more();
      },
    ],
    [
      'is a page',
      'link_is_page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
    ],
    ['is not there', 'link_missing', (_, response) => response.writeHead(404).end()],
    ['is there no longer', 'link_missing', (_, response) => response.writeHead(410).end()],
    ['asks for signing in', 'link_denied', (_, response) => response.writeHead(401).end()],
    ['is at a server that is busy', 'link_unreachable', (_, response) => response.writeHead(503).end()],
    [
      'breaks off',
      'link_unreachable',
      (_, response) =>
        void response.writeHead(200, { 'content-length': 100 }).write('x', () => response.destroy()),
    ],
    [
      'leads around in a circle',
      'link_denied',
      (_, response) => response.writeHead(302, { location: '/a.mp3' }).end(),
    ],
  ])('a file behind a link fails when it %s: %s', async (_what, code, answer) => {
    const { port } = await server(answer);
    const { fetch, at } = await fetcher(rules);
    await expect(fetch(`http://a.example:${port}/a.mp3?key=secret`)).rejects.toSatisfy((error: Error) => {
      // Links of users are not readable in the log.
      expect(`${error.message} ${error.cause}`).not.toMatch(/secret|a\.example/);
      expect(error).toMatchObject({ code });
      return true;
    });
    if (existsSync(at)) expect((await stat(at)).size).toBeLessThanOrEqual(settings.limitBytes);
  });

  test('a file behind a link reports the progress of its download', async () => {
    const { port } = await server((_, response) => audio(response, { 'content-length': 5 }));
    const { fetch, progress } = await fetcher(rules);
    await fetch(`http://a.example:${port}/a.mp3`);
    expect(progress).toEqual([1]);
  });

  test('a file behind a link is given up at once when its user cancels', async () => {
    const { port } = await server((_, response) => void response.writeHead(200).write('x'));
    const { fetch } = await fetcher(rules);
    const leaving = new AbortController();
    const fetched = fetch(`http://a.example:${port}/a.mp3`, leaving.signal);
    setTimeout(() => leaving.abort(new Error('cancelled')), 100);
    await expect(fetched).rejects.toThrow('cancelled');
  });

  test('a file behind a link is not fetched where links are switched off', async () => {
    const { port, asked } = await server((_, response) => audio(response));
    const { fetch } = await fetcher(rules, { isOn: false });
    await expect(fetch(`http://a.example:${port}/a.mp3`)).rejects.toMatchObject({ code: 'link_refused' });
    expect(asked).toEqual([]);
  });
});

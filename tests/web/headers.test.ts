import { describe, expect, test } from 'vitest';
import { runPlayground, sara, token } from '../../packages/telegram-playground/tests/running-playground.ts';
import { createHealthRoutes } from '../../src/web/health.ts';
import { servedHere } from '../support/web.ts';

/** Expects the security headers that every response must have. */
function expectSafe(path: string, { headers }: Response): void {
  expect(headers.get('content-security-policy'), path).toMatch(/(script|default)-src '(none|self)'/);
  expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors '(none|self)'/);
  expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  expect(headers.get('referrer-policy'), path).toBe('no-referrer');
  expect(headers.get('x-powered-by'), path).toBeNull();
  expect(headers.get('server'), path).toBeNull();
}

describe('every response forbids scripts and states its type', () => {
  test('every response of the web side forbids scripts and states its type', async () => {
    const url = await servedHere(createHealthRoutes({ database: () => Promise.reject(new Error('away')) }));
    for (const path of ['/healthz', '/readyz', '/nowhere', '/%2e%2e/package.json']) {
      expectSafe(path, await fetch(url + path));
    }
  });

  test('every response of the playground forbids scripts and states its type: page, uploaded files, API, and missing paths', async () => {
    const { playground, person } = await runPlayground();
    const page = '<script>alert(1)</script>';
    const { document } = await person.sends(sara, Buffer.from(page), { kind: 'document', name: 'x.html' });
    const file = `/playground/files/${document?.file_unique_id}`;
    for (const path of ['/', '/page/app.js', file, '/playground/people', `/bot${token}/getMe`, '/nowhere']) {
      expectSafe(path, await fetch(playground.url + path));
    }
    const sent = await fetch(playground.url + file);
    expect([sent.headers.get('content-type'), await sent.text()]).toEqual([
      'text/plain; charset=utf-8',
      page,
    ]);
  });
});

test.each([
  '/page/..%2f..%2f..%2f..%2fpackage.json',
  '/page/%2e%2e/%2e%2e/playground.ts',
  '/page/..%5c..%5cplayground.ts',
  '/page/.hidden',
  '/playground/files/..%2f..%2fjournal.jsonl',
  `/file/bot${token}/..%2f..%2f..%2fetc%2fpasswd`,
  `/file/bot${token}/%2fetc%2fpasswd`,
])('no path leads out of the playground’s folders: %s', async (path) => {
  const { playground } = await runPlayground();
  expect((await fetch(playground.url + path)).status).toBe(404);
});

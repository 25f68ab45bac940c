import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/**
 * Runs the script on copies of the files, against a registry on loopback that requires a token as Docker's
 * does.
 */
async function pin(answers: (path: string) => string | null) {
  const registry = createServer((request, response) => {
    const { url = '', headers } = request;
    const host = `http://${headers.host}`;
    if (url.startsWith('/token')) return void response.end(JSON.stringify({ token: `for ${url}` }));
    if (!headers.authorization?.startsWith('Bearer for /token?service=here&scope=repository'))
      return void response
        .writeHead(401, {
          'www-authenticate': `Bearer realm="${host}/token",service="here",scope="repository:x:pull"`,
        })
        .end();
    const answer = headers.accept?.includes('image.index') ? answers(url) : null;
    response
      .writeHead(answer === null ? 404 : 200, answer === null ? {} : { 'docker-content-digest': answer })
      .end();
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'dabir-pin-'));
  onTestFinished(async () => {
    registry.close();
    await rm(folder, { recursive: true });
  });
  for (const name of ['compose.yml', 'Dockerfile']) await cp(join(checkout, name), join(folder, name));
  const script = join(checkout, 'scripts/pin-images.ts');
  const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [script, '--registry', address, '--folder', folder]);
  const [words, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return { code, words, compose: await read('compose.yml'), dockerfile: await read('Dockerfile') };
}

test('every image gets the current digest of its tag, and nothing else changes', async () => {
  const letters: Record<string, string> = {
    node: 'a',
    postgres: 'b',
    redis: 'c',
    caddy: 'd',
    'telegram-bot-api': 'e',
  };
  const { code, words, compose, dockerfile } = await pin((path) => {
    const [, owner, name = ''] = /^\/v2\/(library|aiogram)\/([\w-]+)\/manifests\/[\w.-]+$/.exec(path) ?? [];
    return owner === undefined ? null : digest(letters[name] ?? '0');
  });
  expect([code, words]).toEqual([0, '']);
  expect(dockerfile.match(/^FROM node:\S+/gm)?.every((line) => line.endsWith(`@${digest('a')}`))).toBe(true);
  for (const [name, letter] of Object.entries(letters).slice(1))
    expect(compose).toMatch(new RegExp(`image: \\S*${name}:[\\w.-]+@${digest(letter)}$`, 'm'));
  const withoutDigests = (file: string) => file.replaceAll(/@sha256:[0-9a-f]{64}/g, '');
  expect(withoutDigests(compose)).toBe(withoutDigests(await readFile(join(checkout, 'compose.yml'), 'utf8')));
});

test('a registry that does not know one of the images changes nothing at all', async () => {
  const { code, words, compose, dockerfile } = await pin((path) =>
    path.includes('caddy') ? null : digest('a'),
  );
  expect(code).toBe(1);
  expect(words).toMatch(/Nothing was changed: .*digest of caddy:[\d.]+ \(404\)/);
  expect(compose).toBe(await readFile(join(checkout, 'compose.yml'), 'utf8'));
  expect(dockerfile).toBe(await readFile(join(checkout, 'Dockerfile'), 'utf8'));
});
